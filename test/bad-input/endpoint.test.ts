import { describe, expect, test } from "vitest";
import { runAll } from "../../src/app/run.ts";
import type { Report } from "../../src/events.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Fault } from "../../src/emulator/index.ts";
import { isResourceError } from "../../src/errors.ts";
import { memoryStore } from "../../src/state/memory.ts";
import type { StateStore } from "../../src/state/store.ts";
import { cloud, movesOf } from "../support/run.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { type Reply, answer, cut, event, scripted } from "../support/wire/scripted.ts";

const queue = () => AWS.SQS.Queue("jobs", { QueueName: "jobs" });

/** Deploys on a clock whose pauses take no time, so that minutes of patience end at once. */
function impatiently(endpoint: string, store: StateStore): Promise<Report> {
  const settings = settingsOf("test", { endpoint, store, region: "us-east-1" }, {});
  return runAll({ ...settings, clock: fakeClock() }, { phase: "deploy" }, queue);
}

/** What state holds of the resource: nothing, or an intent that the next run follows up. */
async function recorded(store: StateStore): Promise<string | undefined> {
  const entry = (await (await store.open("test", "dev")).entries()).get("jobs");
  if (isResourceError(entry)) throw entry;
  return entry && `${entry.status}, ${entry.intent?.move ?? "no intent"}`;
}

const html: Reply = answer("<html>Bad Gateway</html>", 200, { "content-type": "text/html" });
const half: Reply = answer('{"ProgressEvent":{"Operati');

describe("an endpoint that", () => {
  test("refuses connections is named as unreachable, and the next run goes on", async () => {
    const store = memoryStore();
    const { emulator } = await cloud();
    const { url } = emulator;
    await emulator.close();
    const report = await impatiently(url, store);
    expect(report.changes[0]?.error).toMatchObject({
      code: "UNREACHABLE",
      kind: "transient",
      advice: expect.stringContaining("AWS_ENDPOINT_URL"),
    });
    // Nothing was sent: an intent would bind the entry to an endpoint at which there is nobody.
    expect(await recorded(store)).toBeUndefined();
  });

  test("refuses connections is given up as soon as the run's time is up", async () => {
    const store = memoryStore();
    const { emulator } = await cloud();
    const { url: endpoint } = emulator;
    await emulator.close();
    const startedAt = Date.now();
    const settings = settingsOf("test", { endpoint, store, region: "us-east-1", timeout: 1_500 }, {});
    const report = await runAll(settings, { phase: "deploy" }, queue);
    expect(report.changes[0]?.error).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringMatching(/time of 1500 ms is up; until then: .*(?:ECONNREFUSED|reach)/s),
    });
    expect(Date.now() - startedAt).toBeLessThan(6_000);
    // Nothing was sent here either.
    expect(await recorded(store)).toBeUndefined();
  });

  test.each([
    ["cuts every connection", cut, "UNREACHABLE"],
    ["answers a page of HTML", html, "UNAVAILABLE"],
    ["answers half a JSON", half, "UNAVAILABLE"],
    ["answers nothing", answer(""), "UNAVAILABLE"],
    ["answers JSON of another service", answer({ hello: "world" }), "UNAVAILABLE"],
    ["answers HTML with status 502", answer("<html>", 502), "UNAVAILABLE"],
    ["answers HTML with status 503", answer("<html>", 503), "UNAVAILABLE"],
  ] as const)("%s is reported in the end, the intent kept", async (_, reply, code) => {
    const store = memoryStore();
    const { url, requests } = await scripted(reply);
    const report = await impatiently(url, store);
    expect(report.changes[0]?.error).toMatchObject({ code, advice: expect.stringMatching(/\w/) });
    expect(await recorded(store)).toBe("pending, create");
    // The list that tells whether the name is free carries none.
    const tokens = requests.flatMap(({ body }) => body["ClientToken"] ?? []);
    expect(tokens.length).toBeGreaterThan(3);
    expect(new Set(tokens).size).toBe(1);
  });

  test.each([
    ["a web page that is not there", answer("<html>not found</html>", 404)],
    ["a proxy that wants a password", answer("<html>", 407)],
  ])("is %s is reported at once", async (_, reply) => {
    const store = memoryStore();
    const { url } = await scripted(reply);
    const report = await impatiently(url, store);
    expect(report.ok).toBe(false);
    expect(report.changes[0]?.error?.code).not.toBe("UNKNOWN");
  });

  test("succeeds with a model that is no JSON is not believed, and not forgotten", async () => {
    const store = memoryStore();
    const succeeded = event({ OperationStatus: "SUCCESS", RequestToken: "t", Identifier: "jobs" });
    const { url } = await scripted(
      answer({ TypeName: "AWS::SQS::Queue", ResourceDescriptions: [] }),
      succeeded,
      answer({ ResourceDescription: { Identifier: "jobs", Properties: "<xml>" } }),
    );
    const report = await impatiently(url, store);
    expect(report.changes[0]?.error?.code).toBe("HANDLER_FAILED");
    expect(await recorded(store)).toBe("pending, create");
  });
});

describe("once the endpoint is itself again", () => {
  test.each([
    ["throttles", { throttle: true }],
    ["connections cut before anything is done", { dropBefore: true }],
    ["connections cut after everything is done", { dropAfter: true }],
    ["pages of HTML", { html: 502 }],
  ] as const)("after %s the next run ends with one resource", async (_, fault: Fault) => {
    const store = memoryStore();
    let failing = true;
    const { emulator, deploy } = await cloud({ faults: () => (failing ? fault : undefined) }, store);
    expect((await impatiently(emulator.url, store)).ok).toBe(false);
    failing = false;
    const report = await deploy(queue);
    expect(report.ok).toBe(true);
    expect(movesOf(await deploy(queue))).toEqual(["jobs: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});
