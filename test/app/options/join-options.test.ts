import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type AppOptions, app } from "../../../src/app/app.ts";
import { runProgram } from "../../../src/app/program.ts";
import { type ReconcileOptions, reconcile } from "../../../src/app/reconcile.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event } from "../../../src/events.ts";
import { enter } from "../../../src/scope/ambient.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

/** The account of everything in the emulator. */
const account = "123456789012";

/** Runs a script as the command line does, which was told no more than this. */
function scripted(here: Cloud, script: () => Promise<unknown>, told: ReconcileOptions = {}) {
  const { store, emulator, events } = here;
  const onEvent = (event: Event) => events.push(event);
  return runProgram("deploy", script, { store, endpoint: emulator.url, onEvent, ...told });
}

const noticesOf = ({ events }: Cloud): string[] =>
  events.flatMap((event) => (event.name === "notice" ? [event.message] : []));

/** A script that enters its app with options. */
const entering = (options: AppOptions) => async (): Promise<void> => {
  const shop = await app("shop", options);
  await queue("q");
  await shop.finalize();
};

beforeEach(() => vi.stubEnv("AWS_ACCOUNT_ID", undefined));
afterEach(() => {
  vi.unstubAllEnvs();
  enter(undefined);
});

describe("the accounts that a program allows where it joins a run", () => {
  test.each<readonly [string, readonly string[], ReconcileOptions, string]>([
    ["are the only ones", ["111111111111"], {}, "WRONG_ACCOUNT"],
    ["may be written to", [account], {}, "create"],
    ["must be allowed by the run too", [account], { allowedAccounts: ["111111111111"] }, "WRONG_ACCOUNT"],
    ["narrow those of the run", ["111111111111"], { allowedAccounts: [account] }, "WRONG_ACCOUNT"],
  ])("%s", async (_, allowedAccounts, told, outcome) => {
    const here = await cloud();
    const report = await scripted(here, entering({ allowedAccounts }), told);
    expect(movesOf(report)).toEqual([`q: ${outcome}`]);
    expect(here.emulator.resources()).toHaveLength(outcome === "create" ? 1 : 0);
  });

  test("hold for every write that follows, though others have been made before", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(async () => {
      await queue("before");
      const inner = await reconcile("test", () => queue("after"), { allowedAccounts: ["111111111111"] });
      expect(movesOf(inner)).toEqual(["after: WRONG_ACCOUNT"]);
    });
    expect(report.ok).toBe(false);
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("a script that joins a run", () => {
  test("says where it goes, if the run was not told", async () => {
    const here = await cloud();
    vi.stubEnv("AWS_REGION", "us-west-2");
    const { emulator, store } = here;
    const script = entering({ region: "eu-west-1", endpoint: emulator.url, adopt: true });
    const report = await scripted(here, script, { endpoint: undefined });
    expect(report).toMatchObject({ app: "shop", ok: true });
    const [entry] = (await (await store.open("shop", "dev")).entries()).values();
    expect(entry).toMatchObject({ home: { region: "eu-west-1", endpoint: emulator.url } });
    expect(noticesOf(here)).toEqual([]);
  });

  test("yields to what the run was told, and one notice says in what", async () => {
    const here = await cloud();
    const region = "eu-central-1";
    const script = entering({ stage: "blue", store: memoryStore(), region: "eu-west-1", adopt: true });
    const report = await scripted(here, script, { region, stage: "prod", adopt: false });
    expect(report).toMatchObject({ app: "shop", stage: "prod", ok: true });
    const [entry] = (await (await here.store.open("shop", "prod")).entries()).values();
    expect(entry).toMatchObject({ home: { region } });
    expect(noticesOf(here)).toEqual(['"shop" joins a run, which sets aside its region, adopt, stage, store']);
  });

  test("says nothing where both are told the same", async () => {
    const here = await cloud();
    const same = { stage: "prod", region: "eu-west-1", targets: ["q"] };
    await scripted(here, entering({ ...same, targets: ["q"], store: here.store }), same);
    expect(noticesOf(here)).toEqual([]);
  });

  test("comes too late for a region once a resource is declared, and is told so", async () => {
    const here = await cloud();
    const report = await here.deploy(async () => {
      await queue("first");
      await reconcile("test", () => queue("second"), { region: "eu-west-1" });
    });
    expect(report.ok).toBe(true);
    expect(noticesOf(here)).toEqual(['"test" joins a run, which sets aside its region']);
  });
});

describe("an app that a script enters again", () => {
  test("goes on: nothing that was declared before is deleted, and finalizing ends it", async () => {
    const { emulator, store } = await cloud();
    const options = { store, endpoint: emulator.url, onEvent: vi.fn<(event: Event) => void>() };
    await app("shop", options);
    await queue("a");
    await app("other", options);
    await queue("b");
    const again = await app("shop", options);
    await queue("c");
    await again.finalize();
    expect(emulator.resources()).toHaveLength(3);
    expect(options.onEvent).not.toHaveBeenCalledWith(expect.objectContaining({ name: "notice" }));
    await app("shop", options);
    await queue("a");
    await app.finalize();
    expect(emulator.resources()).toHaveLength(2);
  });

  test("while a call of it is under way is not locked against itself", async () => {
    const { emulator, store } = await cloud({ operationMs: 60 });
    const options = { store, endpoint: emulator.url, quiet: true };
    await app("shop", options);
    const under = queue("a");
    await app("shop", options);
    await Promise.all([under, queue("b")]);
    expect(emulator.resources()).toHaveLength(2);
  });
});
