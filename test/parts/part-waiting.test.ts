import { expect, test } from "vitest";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Event } from "../../src/events.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { changeOf, cloud } from "../support/run.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { declareMethod, methodIn } from "../support/resource/method.ts";

/** A reply of a method that has no integration, which nothing else will make. */
const reply = (more: object = {}) =>
  declareMethod({ MethodResponses: [{ StatusCode: "200" }] }).then((of) =>
    AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200", ...more }),
  );

test("a reply of a method without an integration waits for one, and then fails with what it lacks", async () => {
  const { emulator, events } = await cloud();
  const store = memoryStore();
  const onEvent = (event: Event): void => void events.push(event);
  const given = { store, endpoint: emulator.url, schemas: "bundled", region: "us-east-1", onEvent } as const;
  const settings = settingsOf("waiting", given, {});
  const report = await runAll({ ...settings, clock: briskClock() }, { phase: "deploy" }, () => reply());
  expect(changeOf(report, "reply").error).toMatchObject({ code: "PARENT_NOT_FOUND" });
  expect(changeOf(report, "reply").error?.message).toContain("stands upon /Integration, which is not there");
  expect(events).toContainEqual(expect.objectContaining({ message: "waits for /Integration" }));
  expect(emulator.calls.filter(({ api }) => api === "UpdateResource")).toEqual([]);
  const entries = await (await store.open("waiting", "dev")).entries();
  expect([...entries.keys()].toSorted()).toEqual(["api", "get"]);
});

test.each(["the run", "its call"])("a part that waits stops at once with %s", async (which) => {
  const here = await cloud();
  const stop = new AbortController();
  const isWaiting = (event: Event): boolean =>
    event.name === "progress" && event.message === "waits for /Integration";
  const onEvent = (event: Event): void => {
    here.events.push(event);
    if (isWaiting(event)) stop.abort();
  };
  const { signal } = stop;
  const report = await (which === "the run"
    ? here.deploy(() => reply(), { signal, onEvent })
    : here.deploy(() => reply({ signal }), { onEvent }));
  expect(changeOf(report, "reply").error).toMatchObject({ code: "ABORTED" });
  expect(here.events.filter(isWaiting)).toHaveLength(1);
  expect(here.emulator.calls.filter(({ api }) => api === "UpdateResource")).toEqual([]);
  expect(methodIn(here)["Integration"]).toBeUndefined();
});
