import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { cloud, movesOf } from "../support/run.ts";
import { declareMethod, declareParts, methodIn } from "../support/resource/method.ts";

const onDisk = () => jsonFileStore(mkdtempSync(join(tmpdir(), "uprooted-")));
const cutOff = (): never => {
  throw new Error("cut off");
};

describe("parts whose method an earlier run has made anew, and no more than that,", () => {
  test("are made again by the next run, and cost no call after it", async () => {
    const here = await cloud({}, onDisk());
    await here.deploy(() => declareParts());
    const before = methodIn(here);
    const remade = here.deploy(() => declareMethod().then(cutOff), { replace: ["get"] });
    await expect(remade).rejects.toThrow("cut off");
    expect(methodIn(here)["Integration"]).toBeUndefined();

    const program = () => declareParts();
    const foretold = movesOf(await here.deploy(program, { phase: "plan" }));
    const report = await here.deploy(program);
    expect(movesOf(report)).toEqual(foretold);
    expect(movesOf(report)).toEqual(expect.arrayContaining(["mock: create", "ok: create", "reply: create"]));
    expect(methodIn(here)).toEqual(before);
    const calls = here.emulator.calls.length;
    expect(movesOf(await here.deploy(program)).every((line) => line.endsWith(": nothing"))).toBe(true);
    expect(here.emulator.calls).toHaveLength(calls);
  });

  test("are made again where even its create was cut off, and settled by the next run", async () => {
    const here = await cloud({ operationMs: (operation) => (operation === "CREATE" ? 300 : 1) }, onDisk());
    await here.deploy(() => declareParts());
    const before = methodIn(here);
    const stop = new AbortController();
    const stopping = here.deploy(() => declareMethod(), { replace: ["get"], signal: stop.signal, grace: 1 });
    const isBegun = () => here.emulator.calls.filter(({ api }) => api === "CreateResource").length > 2;
    while (!isBegun()) await new Promise((resolve) => void setTimeout(resolve, 5));
    stop.abort();
    await stopping;
    // Settles the method, and does not come to its parts.
    await expect(here.deploy(() => declareMethod().then(cutOff))).rejects.toThrow("cut off");
    expect((await here.deploy(() => declareParts())).ok).toBe(true);
    expect(methodIn(here)).toEqual(before);
  });

  test("are looked at only once where they are found after all", async () => {
    const here = await cloud({}, onDisk());
    await here.deploy(() => declareMethod());
    await here.deploy(() => declareParts());
    const calls = here.emulator.calls.length;
    await here.deploy(() => declareParts());
    expect(here.emulator.calls).toHaveLength(calls);
  });
});

test("replies whose integration an earlier run has made anew are made again by the next", async () => {
  const here = await cloud();
  await here.deploy(() => declareParts());
  const before = methodIn(here);
  const remade = async (): Promise<void> => {
    const of = await declareMethod();
    await AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" });
    cutOff();
  };
  await expect(here.deploy(remade, { replace: ["mock"] })).rejects.toThrow("cut off");
  expect(methodIn(here)).not.toEqual(before);
  expect((await here.deploy(() => declareParts())).ok).toBe(true);
  expect(methodIn(here)).toEqual(before);
});
