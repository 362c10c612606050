import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Report } from "../../../src/events.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import { type Files, jsonFileStore } from "../../../src/state/index.ts";
import type { StageState } from "../../../src/state/store.ts";
import { cloud } from "../../support/run.ts";

function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A disk that lets the next intent of a move wait, before it is in its place or after, while something happens. */
function stalling(): {
  readonly files: Files;
  readonly stall: (step: Step, move: string, meanwhile: () => void) => void;
  readonly isOver: () => boolean;
} {
  let armed: { step: Step; move: string; meanwhile: () => void } | undefined;
  let isIntent = false;
  const happen = (step: Step): void => {
    if (armed?.step !== step || !isIntent) return;
    const { meanwhile } = armed;
    armed = undefined;
    meanwhile();
  };
  const files: Files = {
    ...fs,
    write: Object.assign(
      (...given: Parameters<typeof fs.write>) => {
        isIntent = Buffer.from(given[1]).toString().includes(`"move":"${armed?.move}"`);
        happen("before it is in its place");
        fs.write(...given);
      },
      { __promisify__: fs.write.__promisify__ },
    ) as typeof fs.write,
    fdatasync: Object.assign(
      (handle: number, done: fs.NoParamCallback) => {
        fs.fdatasync(handle, (error) => {
          happen("when it is in its place");
          done(error);
        });
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

type Meanwhile = (others: StageState, pass: (ms: number) => void, unlock: () => void) => void;

const meanwhiles: Readonly<Record<string, Meanwhile>> = {
  "another run has taken over": (others, pass) => {
    pass(31_000);
    void others.lock();
  },
  "another run has taken over and ended": (others, pass) => {
    pass(31_000);
    void others.lock().then((lock) => lock.release());
  },
  "somebody has broken the lock": (_, __, unlock) => unlock(),
  "nobody has come, but its term is over": (_, pass) => pass(21_000),
};

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
      let passed = 0;
      const now = (): number => Date.now() + passed;
      const disk = stalling();
      const store = jsonFileStore(folder, { now, files: disk.files });
      const others = await jsonFileStore(folder, { now }).open("test", "dev");
      const { deploy, emulator } = await cloud({}, store);
      if (move !== "create") await deploy(() => deeds.create());
      const before = emulator.resources().map(({ Properties }) => Properties["DelaySeconds"]);
      const pass = (ms: number): void => {
        passed += ms;
      };
      disk.stall(step, move, () =>
        meanwhiles[name]?.(others, pass, () => void jsonFileStore(folder, { now }).unlock("test", "dev")),
      );
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
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const disk = stalling();
  const { deploy } = await cloud({}, jsonFileStore(folder, { now, files: disk.files }));
  const others = await jsonFileStore(folder, { now }).open("test", "dev");
  const file = join(folder, "test", "dev", "jobs.json");
  disk.stall("before it is in its place", "create", () => {
    passed += 31_000;
    void others.lock();
    fs.writeFileSync(file, "what the other run says");
  });
  await deploy(() => deeds.create());
  expect(fs.readFileSync(file, "utf8")).toBe("what the other run says");
  expect(fs.readdirSync(join(folder, "test", "dev")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a request that is tried again is not sent once the stage is another's", async () => {
  const folder = newFolder();
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const others = await jsonFileStore(folder, { now }).open("test", "dev");
  let asked = 0;
  const { deploy, emulator } = await cloud(
    {
      faults: ({ api }) => {
        if (api !== "CreateResource") return undefined;
        asked += 1;
        if (asked > 1) return undefined;
        passed += 31_000;
        void others.lock();
        return { error: { type: "ThrottlingException", message: "later" } };
      },
    },
    jsonFileStore(folder, { now }),
  );
  const report = await deploy(() => deeds.create());
  expect(codesIn(report)).toContain("LOCKED");
  expect([asked, emulator.resources()]).toEqual([1, []]);
});

test("an owner is not patched for its parts once the stage is another's", async () => {
  const folder = newFolder();
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const disk = stalling();
  const others = await jsonFileStore(folder, { now }).open("test", "dev");
  const { deploy, emulator } = await cloud({}, jsonFileStore(folder, { now, files: disk.files }));
  const program = (withPart: boolean) => async (): Promise<void> => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "pets" });
    const at = { RestApiId: api.RestApiId, ResourceId: api.RootResourceId, HttpMethod: "GET" };
    const method = await AWS.ApiGateway.Method("get", { ...at, AuthorizationType: "NONE" });
    if (withPart)
      await AWS.ApiGateway.MethodResponse("ok", { ...at, StatusCode: "200", dependsOn: [method] });
  };
  expect((await deploy(program(false))).ok).toBe(true);
  disk.stall("when it is in its place", "create", () => {
    passed += 31_000;
    void others.lock();
  });
  const report = await deploy(program(true));
  expect(codesIn(report)).toContain("LOCKED");
  expect(sentTo(emulator, "UpdateResource")).toBe(0);
});

test("a run that was busy for longer than its term goes on where nobody has come in between", async () => {
  const folder = newFolder();
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const store = jsonFileStore(folder, { now });
  const { deploy, emulator } = await cloud({}, store);
  const report = await deploy(async () => {
    await AWS.SQS.Queue("one", { QueueName: "one" });
    // As a build that a script starts synchronously: no timer of this process comes to beat.
    passed += 120_000;
    await AWS.SQS.Queue("two", { QueueName: "two" });
  });
  expect(report).toMatchObject({ ok: true });
  expect(emulator.resources()).toHaveLength(2);
  expect(fs.readdirSync(join(folder, "test", "dev")).toSorted()).toEqual(["one.json", "two.json"]);
});

test("a run that resumes sends nothing again once the stage is another's", async () => {
  const folder = newFolder();
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const disk = stalling();
  const store = jsonFileStore(folder, { now, files: disk.files });
  const others = await jsonFileStore(folder, { now }).open("test", "dev");
  let isRefused = true;
  const { deploy, emulator } = await cloud(
    { faults: ({ api }) => (isRefused && api === "CreateResource" ? { dropBefore: true } : undefined) },
    store,
  );
  disk.stall("when it is in its place", "create", () => {
    passed += 21_000;
  });
  await deploy(() => deeds.create());
  isRefused = false;
  const before = sentTo(emulator, "CreateResource");
  const report = await deploy(async () => {
    const lock = fs.readdirSync(join(folder, "test", "dev")).find((name) => name.startsWith(".lock-"));
    expect(lock).toBeDefined();
    passed += 31_000;
    void others.lock();
    await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 7 });
  });
  expect(codesIn(report)).toEqual(["LOCKED"]);
  expect(sentTo(emulator, "CreateResource")).toBe(before);
  expect(emulator.resources()).toEqual([]);
});
