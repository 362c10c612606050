import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Event } from "../../../src/events.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

/** Creates are under way for this long; the run is stopped as soon as the first has been taken on. */
const slowly = (ms: number): EmulatorOptions => ({
  operationMs: (operation) => (operation === "CREATE" ? ms : 1),
});

describe("a run that is stopped", () => {
  test("settles what is under way, and begins nothing more", async () => {
    const { deploy, emulator, events } = await cloud(slowly(300));
    const stop = new AbortController();
    const both = async (): Promise<void> => {
      await queue("first");
      await queue("second");
    };
    const stopOnceTaken = (event: Event): void => {
      events.push(event);
      if (event.name === "call" && event.api === "GetResourceRequestStatus") stop.abort();
    };
    const report = await deploy(both, { signal: stop.signal, onEvent: stopOnceTaken });
    expect(movesOf(report)).toEqual(["first: create", "second: ABORTED"]);
    expect(emulator.resources()).toHaveLength(1);
    expect(movesOf(await deploy(both))).toEqual(["first: nothing", "second: create"]);
    expect(events.filter(({ name }) => name === "failed")).toHaveLength(1);
  });

  test("leaves what outlasts its grace to the next run, which follows it to its end", async () => {
    const { deploy, emulator } = await cloud(slowly(1_500));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 150);
    const program = () => queue("jobs");
    const report = await deploy(program, { signal: stop.signal, grace: 100 });
    expect(changeOf(report, "jobs").error).toMatchObject({ code: "ABORTED" });
    expect(movesOf(await deploy(program))).toEqual(["jobs: nothing"]);
    expect(emulator.calls.filter(({ api }) => api === "CreateResource")).toHaveLength(1);
  });

  test("has AWS cancel what is under way where that is asked, and records what is left", async () => {
    const { deploy, emulator } = await cloud(slowly(1_200));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 150);
    const report = await deploy(() => queue("jobs"), { signal: stop.signal, cancelOnAbort: true });
    expect(movesOf(report)).toEqual(["jobs: CANCELLED"]);
    expect(emulator.calls.filter(({ api }) => api === "CancelResourceRequest")).toHaveLength(1);
    await deploy(() => Promise.resolve());
    expect(emulator.resources()).toEqual([]);
  });

  test("because its time is up says so", async () => {
    const { deploy } = await cloud(slowly(400));
    const report = await deploy(
      async () => {
        await queue("first");
        await queue("second");
      },
      { timeout: 150 },
    );
    expect(movesOf(report)).toEqual(["first: create", "second: TIMEOUT"]);
    expect(changeOf(report, "second").error?.message).toContain("the run's time of 150 ms is up");
  });
});

describe("an operation that takes long", () => {
  test("is warned of once, by the call's own measure or the run's", async () => {
    const { deploy, events } = await cloud(slowly(900));
    const warned = () => events.flatMap((event) => (event.name === "warning" ? [event.id] : []));
    await deploy(() => queue("patient"), { warnAfter: 60_000 });
    expect(warned()).toEqual([]);
    await deploy(() => queue("hasty", { warnAfter: 1 }), { warnAfter: 60_000 });
    expect(warned()).toEqual(["hasty"]);
  });
});

describe("a failed create that names what cannot be read", () => {
  const partial = { code: "NotStabilized", identifier: true, created: true };

  test("is looked for under that name by the next run, and not created twice", async () => {
    const { deploy, emulator } = await cloud({
      staleReadMs: 1_000,
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1 ? { failWith: partial } : undefined,
    });
    const program = () => AWS.EC2.VPC("net", { CidrBlock: "10.0.0.0/16" });
    expect(movesOf(await deploy(program))).toEqual(["net: NOT_STABILIZED"]);
    expect((await deploy(program)).ok).toBe(true);
    expect(emulator.resources()).toHaveLength(1);
    expect(emulator.calls.filter(({ api }) => api === "CreateResource")).toHaveLength(1);
  });

  test("is deleted as an orphan when the script no longer declares it", async () => {
    const { deploy, emulator } = await cloud({
      staleReadMs: 300,
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1 ? { failWith: partial } : undefined,
    });
    await deploy(() => AWS.EC2.VPC("net", { CidrBlock: "10.0.0.0/16" }));
    expect(movesOf(await deploy(() => Promise.resolve()))).toEqual(["net: delete"]);
    expect(emulator.resources()).toEqual([]);
  });

  test("is created where it never came to be", async () => {
    const { deploy, emulator, events } = await cloud({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "InvalidRequest", identifier: true } }
          : undefined,
    });
    const program = () => queue("jobs");
    expect(movesOf(await deploy(program))).toEqual(["jobs: INVALID_REQUEST"]);
    expect(movesOf(await deploy(program))).toEqual(["jobs: create"]);
    expect(emulator.resources()).toHaveLength(1);
    expect(events.filter(({ name }) => name === "warning")).toEqual([]);
  });
});

test("a function waits until its new role is known", async () => {
  const { deploy, events } = await cloud({
    faults: ({ target, count, api }) =>
      target === "AWS::Lambda::Function" && api === "CreateResource" && count <= 3
        ? {
            failWith: {
              code: "InvalidRequest",
              message: "The role defined for the function cannot be assumed by Lambda.",
            },
          }
        : undefined,
  });
  const report = await deploy(async () => {
    const role = await AWS.IAM.Role("role", {
      RoleName: "runner",
      AssumeRolePolicyDocument: { Statement: [] },
    });
    const Code = { ZipFile: "exports.handler = async () => 1" };
    await AWS.Lambda.Function("hello", {
      Role: role.Arn,
      Code,
      Handler: "index.handler",
      Runtime: "nodejs22.x",
    });
  });
  expect(movesOf(report)).toEqual(["role: create", "hello: create"]);
  expect(events.some((event) => event.name === "retry" && event.id === "hello")).toBe(true);
});
