import * as fs from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { jsonFileStore } from "../../../src/state/index.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";
import { lockAt, stageIn } from "../../support/state/left-lock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "upgrade-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Two entries, the key and the lock, byte for byte as 0.1.0 wrote them. */
const entryText = (id: string, rest: string): string => `{
  "version": 1,
  "id": "${id}",
  "type": "AWS::SQS::Queue",
  "home": {
    "region": "us-east-1",
    "partition": "aws"
  },
  "identifier": "https://sqs/${id}",
  "status": "settled",
  ${rest}
  "updatedAt": "2026-01-02T03:04:05.678Z"
}
`;
const jobs = entryText(
  "jobs/main",
  '"desired": {\n    "QueueName": "jobs"\n  },\n  "digests": {},\n  "live": {\n    "QueueName": "jobs",\n    "Arn": "arn"\n  },\n  "dependencies": [],',
);
const user = entryText(
  "b",
  '"desired": {},\n  "digests": {},\n  "live": {},\n  "dependencies": [\n    "jobs/main"\n  ],',
);
const key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n";
const lockText = (pid: number): string =>
  `{"holder":"8d8888ee-9016-4491-9690-424d4935b261","host":${JSON.stringify(hostname())},"pid":${pid},"startedAt":"2939205","since":"2026-01-28T04:12:06.406Z"}\n`;

function writtenByOld(): string {
  const folder = fs.mkdtempSync(join(root, "store-"));
  fs.mkdirSync(stageIn(folder), { recursive: true });
  fs.writeFileSync(join(folder, ".gitignore"), "*\n");
  fs.writeFileSync(join(folder, ".key"), key, { mode: 0o600 });
  fs.writeFileSync(join(stageIn(folder), "jobs%2Fmain.json"), jobs);
  fs.writeFileSync(join(stageIn(folder), "b.json"), user);
  return folder;
}

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(stageIn(folder))
      .map((name) => [name, fs.readFileSync(join(stageIn(folder), name), "utf8")]),
  );

describe("a folder written by version 0.1", () => {
  test("is read as it is, and a run leaves what it does not change byte for byte", async () => {
    const folder = writtenByOld();
    const state = await jsonFileStore(folder).open("shop", "dev");
    const lock = await state.lock();
    expect(lock.takenOver).toBeUndefined();
    expect([...(await state.entries())].map(([id, entry]) => [id, "type" in entry && entry.type])).toEqual([
      ["b", "AWS::SQS::Queue"],
      ["jobs/main", "AWS::SQS::Queue"],
    ]);
    expect(Buffer.from(await state.key()).toString("base64")).toBe(key.trim());
    await state.put(entryOf("new"));
    await state.remove("b");
    await lock.release();
    expect(filesIn(folder)).toEqual({ "jobs%2Fmain.json": jobs, "new.json": expect.any(String) });
    expect(fs.readFileSync(join(folder, ".key"), "utf8")).toBe(key);
  });

  test("is written as 0.1 wrote it", async () => {
    const folder = writtenByOld();
    const state = await jsonFileStore(folder).open("shop", "dev");
    const lock = await state.lock();
    for (const entry of (await state.entries()).values()) if (!isResourceError(entry)) await state.put(entry);
    await lock.release();
    expect(filesIn(folder)).toEqual({ "jobs%2Fmain.json": jobs, "b.json": user });
  });

  test.each([process.pid, 2 ** 30])(
    "whose run (process %i) was killed is taken over when its lock has not been touched for the term",
    async (pid) => {
      const folder = writtenByOld();
      fs.writeFileSync(lockAt(folder, 1), lockText(pid));
      fs.writeFileSync(join(stageIn(folder), ".0123456789abcdef.tmp"), "half an en");
      const clock = hastyClock();
      const state = await jsonFileStore(folder, { lockClock: clock }).open("shop", "dev");
      expect((await state.entries()).size).toBe(2);
      const lock = await state.lock();
      expect(lock.takenOver).toMatchObject({ pid, since: "2026-01-28T04:12:06.406Z" });
      expect(clock.passed()).toBeGreaterThanOrEqual(30_000);
      await lock.release();
      expect(filesIn(folder)).toEqual({ "jobs%2Fmain.json": jobs, "b.json": user });
    },
  );
});
