import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Report } from "../../../src/events.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import { type Files, jsonFileStore } from "../../../src/state/index.ts";
import type { StageState, StateStore } from "../../../src/state/store.ts";
import { cloud } from "../../support/run.ts";
import { type HastyClock, hastyClock } from "../../support/state/hasty-clock.ts";

function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A disk that lets the next intent of a move wait, before it is in its place or after, while something happens. */
function stalling(): {
  readonly files: Files;
  readonly stall: (step: Step, move: string, meanwhile: () => Promise<unknown>) => void;
  readonly isOver: () => boolean;
} {
  let armed: { step: Step; move: string; meanwhile: () => Promise<unknown> } | undefined;
  let isIntent = false;
  const happen = async (step: Step): Promise<void> => {
    if (armed?.step !== step || !isIntent) return;
    const { meanwhile } = armed;
    armed = undefined;
    await meanwhile();
  };
  const flush = async (handle: number, done: fs.NoParamCallback): Promise<void> => {
    fs.fdatasyncSync(handle);
    await happen("when it is in its place");
    done(null);
  };
  const files: Files = {
    ...fs,
    write: Object.assign(
      (...given: Parameters<typeof fs.write>) => {
        isIntent = Buffer.from(given[1]).toString().includes(`"move":"${armed?.move}"`);
        void happen("before it is in its place").then(() => fs.write(...given));
      },
      { __promisify__: fs.write.__promisify__ },
    ) as typeof fs.write,
    fdatasync: Object.assign(
      (handle: number, done: fs.NoParamCallback) => {
        void flush(handle, done);
      },
      { __promisify__: fs.fdatasync.__promisify__ },
    ),
  };
  return {
    files,
    stall: (step, move, meanwhile) => {
      armed = { step, move, meanwhile };
    },
    isOver: () => armed === undefined,
  };
}

type Step = "before it is in its place" | "when it is in its place";

type Meanwhile = (others: StageState, store: StateStore, clock: HastyClock) => Promise<unknown>;

const meanwhiles: Readonly<Record<string, Meanwhile>> = {
  "another run has taken over": (others) => others.lock(),
  "another run has taken over and ended": async (others) => (await others.lock()).release(),
  "somebody has broken the lock": (_, store) => store.unlock("test", "dev"),
  "nobody has come, but its term is over": async (_, __, clock) => clock.pass(21_000),
};

/** Others, on whose clock the term passes; on that of the run it does not, as on a machine that was halted from outside. */
const othersIn = (folder: string): Promise<StageState> =>
  jsonFileStore(folder, { lockClock: hastyClock() }).open("test", "dev");

const deeds = {
  create: async (): Promise<void> => {
    await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 7 });
  },
  update: async (): Promise<void> => {
    await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 9 });
  },
  delete: (): Promise<void> => Promise.resolve(),
};
const apis = { create: "CreateResource", update: "UpdateResource", delete: "DeleteResource" } as const;
const moves = ["create", "update", "delete"] as const;
const steps = ["before it is in its place", "when it is in its place"] as const;

const sentTo = ({ calls }: Emulator, api: string): number => calls.filter((call) => call.api === api).length;

const codesIn = ({ changes }: Report): readonly unknown[] =>
  changes.flatMap(({ error }) => error?.code ?? []);

describe.each(moves)("a run whose intent to %s waits for its disk", (move) => {
  describe.each(steps)("%s", (step) => {
    test.each(Object.keys(meanwhiles))("sends nothing where meanwhile %s", async (name) => {
      const folder = newFolder();
      const lockClock = hastyClock();
      const disk = stalling();
      const store = jsonFileStore(folder, { lockClock, files: disk.files });
      const others = await othersIn(folder);
      const { deploy, emulator } = await cloud({}, store);
      if (move !== "create") await deploy(() => deeds.create());
      const before = emulator.resources().map(({ Properties }) => Properties["DelaySeconds"]);
      disk.stall(step, move, async () => meanwhiles[name]?.(others, store, lockClock));
      const report = await deploy(() => deeds[move]());
      expect(disk.isOver()).toBe(true);
      expect(codesIn(report)).toContain("LOCKED");
      expect([sentTo(emulator, apis[move]), report.calls[apis[move]]]).toEqual([0, undefined]);
      expect(emulator.resources().map(({ Properties }) => Properties["DelaySeconds"])).toEqual(before);
    });
  });
});

test("what the new holder has recorded is not overwritten by what the former one had on its way", async () => {
  const folder = newFolder();
  const lockClock = hastyClock();
  const disk = stalling();
  const { deploy } = await cloud({}, jsonFileStore(folder, { lockClock, files: disk.files }));
  const others = await othersIn(folder);
  const file = join(folder, "test", "dev", "jobs.json");
  disk.stall("before it is in its place", "create", async () => {
    await others.lock();
    fs.writeFileSync(file, "what the other run says");
  });
  await deploy(() => deeds.create());
  expect(fs.readFileSync(file, "utf8")).toBe("what the other run says");
  expect(fs.readdirSync(join(folder, "test", "dev")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a request that is tried again is not sent once the stage is another's", async () => {
  const folder = newFolder();
  const lockClock = hastyClock();
  const others = await othersIn(folder);
  let asked = 0;
  const { deploy, emulator } = await cloud(
    {
      faults: ({ api }) => {
        if (api !== "CreateResource") return undefined;
        asked += 1;
        if (asked > 1) return undefined;
        void others.lock();
        return { error: { type: "ThrottlingException", message: "later" } };
      },
    },
    jsonFileStore(folder, { lockClock }),
  );
  const report = await deploy(() => deeds.create());
  expect(codesIn(report)).toContain("LOCKED");
  expect([asked, emulator.resources()]).toEqual([1, []]);
});

test("an owner is not patched for its parts once the stage is another's", async () => {
  const folder = newFolder();
  const lockClock = hastyClock();
  const disk = stalling();
  const others = await othersIn(folder);
  const { deploy, emulator } = await cloud({}, jsonFileStore(folder, { lockClock, files: disk.files }));
  const program = (withPart: boolean) => async (): Promise<void> => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "pets" });
    const at = { RestApiId: api.RestApiId, ResourceId: api.RootResourceId, HttpMethod: "GET" };
    const method = await AWS.ApiGateway.Method("get", { ...at, AuthorizationType: "NONE" });
    if (withPart)
      await AWS.ApiGateway.MethodResponse("ok", { ...at, StatusCode: "200", dependsOn: [method] });
  };
  expect((await deploy(program(false))).ok).toBe(true);
  disk.stall("when it is in its place", "create", () => others.lock());
  const report = await deploy(program(true));
  expect(codesIn(report)).toContain("LOCKED");
  expect(sentTo(emulator, "UpdateResource")).toBe(0);
});

test("a run that was busy for longer than its term goes on where nobody has come in between", async () => {
  const folder = newFolder();
  const lockClock = hastyClock();
  const store = jsonFileStore(folder, { lockClock });
  const { deploy, emulator } = await cloud({}, store);
  const report = await deploy(async () => {
    await AWS.SQS.Queue("one", { QueueName: "one" });
    // As a build that a script starts synchronously: no timer of this process comes to beat.
    lockClock.pass(120_000);
    await AWS.SQS.Queue("two", { QueueName: "two" });
  });
  expect(report).toMatchObject({ ok: true });
  expect(emulator.resources()).toHaveLength(2);
  const left = fs.readdirSync(join(folder, "test", "dev")).filter((name) => name !== ".history");
  expect(left.toSorted()).toEqual(["one.json", "two.json"]);
});

test("a run that resumes sends nothing again once the stage is another's", async () => {
  const folder = newFolder();
  const lockClock = hastyClock();
  const disk = stalling();
  const store = jsonFileStore(folder, { lockClock, files: disk.files });
  const others = await othersIn(folder);
  let isRefused = true;
  const { deploy, emulator } = await cloud(
    { faults: ({ api }) => (isRefused && api === "CreateResource" ? { dropBefore: true } : undefined) },
    store,
  );
  disk.stall("when it is in its place", "create", async () => lockClock.pass(21_000));
  await deploy(() => deeds.create());
  isRefused = false;
  const before = sentTo(emulator, "CreateResource");
  const report = await deploy(async () => {
    const lock = fs.readdirSync(join(folder, "test", "dev")).find((name) => name.startsWith(".lock-"));
    expect(lock).toBeDefined();
    await others.lock();
    await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 7 });
  });
  expect(codesIn(report)).toEqual(["LOCKED"]);
  expect(sentTo(emulator, "CreateResource")).toBe(before);
  expect(emulator.resources()).toEqual([]);
});
