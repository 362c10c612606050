import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findings } from "../../../src/app/doctor.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Report } from "../../../src/events.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { entryOf } from "../../support/state/entry.ts";
import { cloud } from "../../support/run.ts";

function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const topic = (): Promise<unknown> => AWS.SNS.Topic("news", { DisplayName: "news" });

const codesOf = (report: Report, id: string): readonly unknown[] =>
  report.changes.flatMap((change) => (change.id === id ? [change.error?.code] : []));

describe.each([
  "old.json",
  "news.json.bak",
  "news",
  "news.JSON",
  "news (1).json",
  ".news.json",
  "news.json~",
  "_news.json",
])("an entry file that somebody has renamed to %s", (name) => {
  async function renamed() {
    const folder = newFolder();
    const here = await cloud({}, jsonFileStore(folder));
    expect((await here.deploy(topic)).ok).toBe(true);
    const stage = join(folder, "test", "dev");
    fs.renameSync(join(stage, "news.json"), join(stage, name));
    return { ...here, stage };
  }

  test("is not nothing to its own id: nothing is made again", async () => {
    const { deploy, emulator, stage } = await renamed();
    for (const phase of ["plan", "deploy"] as const) {
      const report = await deploy(topic, { phase });
      expect(codesOf(report, "news")).toContain("STATE_UNREADABLE");
      expect(JSON.stringify(report)).toContain(JSON.stringify(join(stage, name)).slice(1, -1));
    }
    expect(emulator.resources()).toHaveLength(1);
  });

  test("keeps a destroy from saying that there was nothing", async () => {
    const { destroy, emulator } = await renamed();
    expect(codesOf(await destroy(), "news")).toEqual(["STATE_UNREADABLE"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("is as it was once it has its name back", async () => {
    const { deploy, stage } = await renamed();
    await deploy(topic);
    fs.renameSync(join(stage, name), join(stage, "news.json"));
    const report = await deploy(topic);
    expect([report.ok, report.calls]).toEqual([true, {}]);
  });
});

test("a copy that an editor leaves beside an entry changes nothing", async () => {
  const folder = newFolder();
  const { deploy } = await cloud({}, jsonFileStore(folder));
  await deploy(topic);
  const file = join(folder, "test", "dev", "news.json");
  for (const copy of [`${file}~`, `${file}.bak`]) fs.copyFileSync(file, copy);
  const report = await deploy(topic);
  expect([report.ok, report.calls]).toEqual([true, {}]);
});

describe("the doctor", () => {
  test("names both ids of one resource, and of many the first few", () => {
    const all = ["a", "b", "c", "d", "e"].map((id) => entryOf(id));
    const twins = findings(new Map(all.slice(0, 2).map((entry) => [entry.id, entry])));
    expect(twins.map(({ id, what }) => `${id}: ${what}`)).toEqual([
      'a: bucket-1 is recorded as "b" too',
      'b: bucket-1 is recorded as "a" too',
    ]);
    expect(findings(new Map(all.map((entry) => [entry.id, entry])))).toHaveLength(15);
  });

  test("takes two resources of one name in two regions for two", () => {
    const elsewhere = entryOf("b", { home: { region: "us-east-1", partition: "aws" } });
    expect(
      findings(
        new Map([
          ["a", entryOf("a")],
          ["b", elsewhere],
        ]),
      ),
    ).toEqual([]);
  });

  test.each([
    ["all of their own", (i: number) => `bucket-${i}`],
    ["all of one resource", () => "bucket-1"],
  ])("looks at each of 30,000 entries, %s, but a few times", (_, identifierOf) => {
    let looks = 0;
    const entries = Array.from({ length: 30_000 }, (__, i) => {
      const identifier = identifierOf(i);
      const entry = entryOf(`id-${i}`);
      return Object.defineProperty({ ...entry }, "identifier", {
        get() {
          looks += 1;
          return identifier;
        },
      });
    });
    findings(new Map(entries.map((entry) => [entry.id, entry])));
    expect(looks).toBeLessThan(30_000 * 12);
  });
});
