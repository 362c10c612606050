import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { isProps } from "../../src/json.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";
import { changeMethod, declareParts, methodIn, repliesIn } from "../support/resource/method.ts";
import { asked } from "../support/resource/probe.ts";

describe("what the service says that it cannot find", () => {
  test("is no part that is gone: a method response in use stays, and so does its entry", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts());
    const report = await here.deploy(() => declareParts({ without: ["ok"] }));
    expect(changeOf(report, "ok").error).toMatchObject({ code: "INVALID_REQUEST" });
    expect(changeOf(report, "ok").error?.message).toContain("Invalid Response status code specified");
    expect(methodIn(here)["MethodResponses"]).toEqual([{ StatusCode: "200" }]);
    const again = await here.deploy(() => declareParts({ without: ["ok", "reply"] }));
    expect(movesOf(again)).toEqual(expect.arrayContaining(["ok: delete", "reply: delete"]));
    expect(methodIn(here)["MethodResponses"]).toBeUndefined();
  });

  test("is not taken for success by a deletion outside any program either", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts());
    const { RestApiId, ResourceId } = methodIn(here);
    const name = `${String(RestApiId)}|${String(ResourceId)}|GET|200`;
    const deletion = asked(here, () => AWS.ApiGateway.MethodResponse.delete(name));
    await expect(deletion).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  test("makes no create of the update of a reply whose method response somebody has taken away", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts());
    changeMethod(here, (method) =>
      Object.fromEntries(Object.entries(method).filter(([name]) => name !== "MethodResponses")),
    );
    const changed = () => declareParts({ reply: { ResponseTemplates: { "text/plain": "x" } } });
    const report = await here.deploy(changed);
    expect(changeOf(report, "reply").error).toMatchObject({ code: "INVALID_REQUEST" });
    const begun = here.events.flatMap((event) =>
      event.name === "started" && event.id === "reply" ? [event.move] : [],
    );
    expect(begun).toEqual(["create", "update"]);
    expect(repliesIn(here)).toEqual([{ StatusCode: "200" }]);
    expect((await here.deploy(changed, { refresh: true })).ok).toBe(true);
    expect(repliesIn(here)).toEqual([{ StatusCode: "200", ResponseTemplates: { "text/plain": "x" } }]);
  });
});

/** Takes the one resource of a type away, and what lives below it. */
function removed({ emulator }: Cloud, type: string): void {
  const found = emulator.resources().find(({ TypeName }) => TypeName === `AWS::ApiGateway::${type}`);
  emulator.remove(`AWS::ApiGateway::${type}`, found?.Identifier ?? "");
}

describe.each(["RestApi", "Method"])("parts whose %s is gone", (type) => {
  test("are gone with it: destroying them succeeds", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts());
    removed(here, type);
    const report = await here.destroy();
    expect(report.changes.filter(({ error }) => error)).toEqual([]);
    expect(here.emulator.resources()).toEqual([]);
    expect(movesOf(await here.destroy())).toEqual([]);
  });

  test("are deleted by name without a word", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts());
    const { RestApiId, ResourceId } = methodIn(here);
    removed(here, type);
    const name = `${String(RestApiId)}|${String(ResourceId)}|GET|200`;
    const nothing = {
      deploy: (program: () => Promise<unknown>) => here.deploy(program, { store: memoryStore() }),
    };
    expect(await asked(nothing, () => AWS.ApiGateway.IntegrationResponse.delete(name))).toBeUndefined();
  });
});

test("an integration that a method no longer states goes whole, for it must have a type", async () => {
  const here = await cloud();
  await here.deploy(() =>
    declareParts({ method: { Integration: { Type: "MOCK" } }, without: ["mock", "reply"] }),
  );
  expect(isProps(methodIn(here)["Integration"])).toBe(true);
  const report = await here.deploy(() => declareParts({ without: ["mock", "reply"] }));
  expect(changeOf(report, "get").patch).toMatchObject([{ op: "remove", path: "/Integration" }]);
  expect(methodIn(here)["Integration"]).toBeUndefined();
});
