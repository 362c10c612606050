import { describe, expect, test } from "vitest";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { movesOf } from "../support/run.ts";
import { type Stage, openStage, thing } from "../support/cases/played.ts";
import { type LifeCase, caseOf, isKnown, lifeCases } from "../support/cases/shared.ts";

/** The cases speak of AWS's codes; these are ours. */
const codes: Readonly<Record<string, string>> = {
  NotStabilized: "NOT_STABILIZED",
  GeneralServiceException: "HANDLER_FAILED",
  Cancelled: "CANCELLED",
};

/** A resource of which AWS makes the identifier, so that a failed create names none. */
const serverNamed: Facts = { primaryIdentifier: ["/Id"], readOnly: ["/Id"] };

const desiredOf = ({ desired }: LifeCase): Props => desired ?? {};
const codeOf = ({ expected }: LifeCase): string | undefined => expected.error && codes[expected.error];
const apisOf = (stage: Stage): string[] => stage.calls().map(({ api }) => api);

/** The calls that a case expects, less its names for client tokens. */
const expectedOf = ({ expected }: LifeCase): string[] =>
  (expected.calls ?? []).map((call) => call.replace(/\(.*\)$/, ""));

describe.skipIf(!isKnown)("the shared life-cycle cases (absent: ../shared/cases/patch-cases.json)", () => {
  test("there are 7 of them, each played below", () => {
    expect(lifeCases).toHaveLength(7);
  });

  test("a create that has not stabilized keeps its resource, and the next run makes no other", async () => {
    const one = caseOf("create: NotStabilized");
    const stage = await openStage(one.schema, {
      faults: ({ api }) =>
        api === "CreateResource"
          ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
          : undefined,
    });
    expect(movesOf(await stage.run(one.desired))).toEqual([`it: ${codeOf(one)}`]);
    expect(apisOf(stage)).toEqual(expectedOf(one));
    expect(await stage.entry()).toMatchObject(one.expected.state ?? {});

    expect(movesOf(await stage.run(one.desired))).toEqual(["it: nothing"]);
    expect(apisOf(stage)).toEqual(["GetResource"]);
    expect(stage.emulator.resources()).toHaveLength(1);
  });

  test("a create that failed under a speculative identifier is made by the next run", async () => {
    const one = caseOf("create: failed with a speculative identifier");
    const stage = await openStage(one.schema, {
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "GeneralServiceException", identifier: true } }
          : undefined,
    });
    expect(movesOf(await stage.run(one.desired))).toEqual([`it: ${codeOf(one)}`]);
    expect(apisOf(stage)).toEqual(expectedOf(one));
    // The case records nothing. As reads lag behind writes, the name is kept to be looked for once more.
    expect(await stage.entry()).toMatchObject({ status: "pending", identifier: "n" });

    expect(movesOf(await stage.run(one.desired))).toEqual(["it: create"]);
    expect(apisOf(stage).filter((api) => api !== "GetResource")).toEqual([
      "CreateResource",
      "GetResourceRequestStatus",
    ]);
  });

  describe("adopting where the conflict names no identifier", () => {
    /** Two responses of one integration; the create of a third with a key that is taken is refused. */
    async function withTwo(keys: readonly [string, string], whenCreating?: (stage: Stage) => void) {
      const one = caseOf("adopt where the conflict names no identifier");
      const stage: Stage = await openStage(one.schema, {
        faults: ({ api }) => {
          if (api !== "CreateResource") return undefined;
          whenCreating?.(stage);
          return { failWith: { code: "AlreadyExists" } };
        },
      });
      const put = (name: string, model: Props) => stage.emulator.put(`AWS::ApiGatewayV2::${name}`, model);
      put("Api", { ApiId: "a", Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$r" });
      put("Integration", { ApiId: "a", IntegrationId: "i", IntegrationType: "MOCK" });
      for (const [index, key] of keys.entries()) put("IntegrationResponse", response(key, `r${index + 1}`));
      return { one, stage };
    }
    const response = (IntegrationResponseKey: string, IntegrationResponseId: string): Props => ({
      ApiId: "a",
      IntegrationId: "i",
      IntegrationResponseKey,
      IntegrationResponseId,
    });
    const listed = "apigatewayv2:GetIntegrationResponses";

    // The case creates first; by rule 6 adopting looks first, and by the service's own list.
    test("takes the one with the natural key, and creates nothing", async () => {
      const { one, stage } = await withTwo(["/200/", "$default"]);
      expect(movesOf(await stage.run(desiredOf(one), { adopt: true }))).toEqual(["it: adopt"]);
      expect(apisOf(stage)).toEqual([listed, "GetResource"]);
      expect(await stage.entry()).toMatchObject(one.expected.state ?? {});
    });

    test("looks again after the conflict, for what has come in between", async () => {
      const { one, stage } = await withTwo(["/200/", "/300/"], ({ emulator }) => {
        emulator.put("AWS::ApiGatewayV2::IntegrationResponse", response("$default", "r3"));
      });
      expect(movesOf(await stage.run(desiredOf(one), { adopt: true }))).toEqual(["it: adopt"]);
      expect(apisOf(stage)).toEqual([
        listed,
        "CreateResource",
        "GetResourceRequestStatus",
        listed,
        "GetResource",
      ]);
      expect(await stage.entry()).toMatchObject({ identifier: "a|i|r3" });
    });

    test("without a match says that the name is taken", async () => {
      const { one, stage } = await withTwo(["/200/", "/300/"]);
      expect(movesOf(await stage.run(desiredOf(one), { adopt: true }))).toEqual(["it: ALREADY_EXISTS"]);
      expect(await stage.entry()).toBeUndefined();
    });
  });

  test("a transport retry reuses the client token, a new attempt does not", async () => {
    const one = caseOf("create: transport retry");
    const stage = await openStage(
      { ...one.schema, ...serverNamed },
      {
        faults: ({ api, count }) => {
          if (api !== "CreateResource") return undefined;
          if (count === 1) return { dropBefore: true };
          return count === 2 ? { failWith: { code: "Throttling" } } : undefined;
        },
      },
    );
    expect(movesOf(await stage.run(one.desired))).toEqual(["it: create"]);
    expect(apisOf(stage)).toEqual(expectedOf(one));
    const [a, again, b] = stage.calls().flatMap(({ body }) => body["ClientToken"] ?? []);
    expect(again).toBe(a);
    expect(b).not.toBe(a);
  });

  describe("a delete of what is already gone", () => {
    const gone = async (options: Parameters<typeof openStage>[1]) => {
      const one = caseOf("delete: already gone");
      const stage = await openStage(one.schema, options);
      await stage.run({ Name: "n" });
      stage.emulator.remove(thing, "n");
      expect(movesOf(await stage.run(one.desired))).toEqual(["it: delete"]);
      expect(await stage.entry()).toBeUndefined();
      return { one, stage };
    };

    test("is done when the event says NotFound", async () => {
      const { one, stage } = await gone({});
      expect(apisOf(stage)).toEqual(expectedOf(one));
    });

    test("is done when the request itself is refused", async () => {
      const { stage } = await gone({
        faults: ({ api }) =>
          api === "DeleteResource"
            ? { error: { type: "ResourceNotFoundException", message: "was not found" } }
            : undefined,
      });
      expect(apisOf(stage)).toEqual(["DeleteResource"]);
    });
  });

  test("a ClientTokenConflict is answered by polling the operation that it names", async () => {
    const one = caseOf("delete: ClientTokenConflict");
    let other = "";
    const stage = await openStage(one.schema, {
      faults: ({ api }) =>
        api === "DeleteResource" && other !== ""
          ? {
              error: {
                type: "ClientTokenConflictException",
                message: `ClientToken t is already associated with an existing operation with RequestToken ${other}`,
              },
            }
          : undefined,
    });
    await stage.run({ Name: "n" });
    other = await requestTokenOf(stage, "DeleteResource", { TypeName: thing, Identifier: "n" });
    expect(movesOf(await stage.run(one.desired))).toEqual(["it: delete"]);
    expect(apisOf(stage)).toEqual(expectedOf(one));
    expect(stage.calls().at(-1)?.body).toEqual({ RequestToken: other });
    expect(await stage.entry()).toBeUndefined();
  });

  test("RetryAfter is an instant to wait for, and CANCEL_COMPLETE is an end", async () => {
    const one = caseOf("RetryAfter");
    const stage: Stage = await openStage(
      { ...one.schema, ...serverNamed },
      {
        operationMs: 4_000,
        retryAfterMs: 3_500,
        faults: ({ api, body, count }) => {
          if (api !== "GetResourceRequestStatus" || count > 1) return undefined;
          void requestTokenOf(stage, "CancelResourceRequest", body as Props);
          return { delayMs: 100 };
        },
      },
    );
    expect(movesOf(await stage.run(one.desired))).toEqual([`it: ${codeOf(one)}`]);
    expect(apisOf(stage)).toEqual(expectedOf(one));
    const [asked = 0, polled = 0, again = 0] = stage.calls().map(({ at }) => at);
    expect([polled - asked, again - polled]).toEqual([3_500, 3_500]);
    expect(await stage.entry()).toBeUndefined();
    expect(stage.emulator.resources()).toEqual([]);
  });
});

/** Sends a write past this library, as another client would; returns the token of its operation. */
async function requestTokenOf({ emulator }: Stage, operation: string, body: Props): Promise<string> {
  const response = await fetch(emulator.url, {
    method: "POST",
    headers: { authorization: "AWS4-HMAC-SHA256", "x-amz-target": `CloudApiService.${operation}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { readonly ProgressEvent: { readonly RequestToken: string } };
  return answer.ProgressEvent.RequestToken;
}
