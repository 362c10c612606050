import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { call, listen, restore, said } from "../support/cli/in-process.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { type Cloud, cloud } from "../support/run.ts";

let folder = "";
let here: Cloud;

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("AWAIT_AWS_STATE", folder);
  for (const name of ["CI", "GITHUB_RUN_ID", "GITLAB_CI", "BUILDKITE"]) vi.stubEnv(name, "");
  listen();
  here = await cloud({}, jsonFileStore(folder));
  vi.stubEnv("GITHUB_RUN_ID", "7");
  vi.stubEnv("GITHUB_ACTOR", "ann");
  vi.stubEnv("GITHUB_SHA", "1".repeat(40));
  await here.deploy(() => Promise.all([queue("orders"), queue("mail")]));
  vi.stubEnv("GITHUB_ACTOR", "bob");
  await here.deploy(() => queue("orders", { DelaySeconds: 5 }));
  await here.deploy(() => queue("other"), { stage: "prod" });
});

afterEach(restore);

const listed = async (...words: readonly string[]): Promise<{ run: string; stage: string }[]> =>
  JSON.parse(await call("history", "--json", ...words)) as { run: string; stage: string }[];

describe("await-aws history", () => {
  test("lists the runs of all stages, the latest last, with who and what", async () => {
    const lines = (await call("history")).split("\n");
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ["run", "app", "stage", "by", "phase", "changes", "end"],
      [expect.stringMatching(/^\d{8}T/), "test", "dev", "ann", "deploy", "+2 ~0 -0", "done"],
      [expect.stringMatching(/^\d{8}T/), "test", "dev", "bob", "deploy", "+0 ~1 -1", "done"],
      [expect.stringMatching(/^\d{8}T/), "test", "prod", "bob", "deploy", "+1 ~0 -0", "done"],
      [""],
    ]);
  });

  test("lists those of an app, a stage or a resource alone", async () => {
    expect(await listed("--stage", "prod")).toHaveLength(1);
    expect(await listed("--app", "none")).toEqual([]);
    expect(await listed("--id", "mail")).toHaveLength(2);
    expect(await listed("--id", "other", "--stage", "dev")).toEqual([]);
    expect(await call("history", "--app", "none")).toBe("No run is recorded of none.\n");
  });

  test("lists those of a stage of which nothing is left", async () => {
    await here.destroy();
    expect(await listed("--stage", "dev")).toHaveLength(3);
  });

  test("shows one with its author, its commit and its patches, by a part of its name or the latest", async () => {
    const [, second] = await listed();
    const shown = await call("history", "show", second?.run ?? "");
    for (const part of [
      "test (dev), deploy",
      "bob on ",
      "GitHub Actions 7",
      "1".repeat(40),
      "done after",
      "DelaySeconds: 0 → 5",
      "- mail  AWS::SQS::Queue",
    ])
      expect(shown).toContain(part);
    expect(await call("history", "show", "latest")).toContain("test (prod)");
    expect(JSON.parse(await call("history", "show", second?.run.slice(-8) ?? "", "--json"))).toEqual(second);
    expect(JSON.parse(await call("history", "--stage", "dev", "show", "latest", "--json"))).toEqual(second);
  });

  test("says so where no run is meant, or several may be", async () => {
    await call("history", "show", "nonsense");
    expect(said.err).toContain('no run "nonsense" is recorded');
    await call("history", "show", "2");
    expect(said.err).toMatch(/"2" may be any of \S+ of test \(dev\), /);
    expect(process.exitCode).toBe(1);
  });

  test("tells of a record that cannot be read, and goes on", async () => {
    const { runs } = await here.store.open("test", "dev");
    await runs?.write("00000000T000000.000-0000", "{");
    expect(await listed()).toHaveLength(3);
    expect(said.err).toContain("the record of the run 00000000T000000.000-0000 is torn");
  });
});

test("state show tells from which run an entry is", async () => {
  const [, second] = await listed();
  expect(JSON.parse(await call("state", "show", "orders"))).toMatchObject({ run: second?.run });
});
