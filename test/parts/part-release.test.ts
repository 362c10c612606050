import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Props } from "../../src/json.ts";
import { deploymentTrigger } from "../../src/resource/outputs/deployment-trigger.ts";
import { planFileOf } from "../../src/app/options/plan-file.ts";
import { type Cloud, cloud, movesOf } from "../support/run.ts";

/** A method in parts, and a stage that serves a deployment of them. */
const program =
  (body: string, more: readonly string[] = []) =>
  async (): Promise<void> => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
    const method = await AWS.ApiGateway.Method("method", {
      RestApiId: api,
      ResourceId: api.RootResourceId,
      HttpMethod: "GET",
      AuthorizationType: "NONE",
    });
    const of = { RestApiId: api, ResourceId: api.RootResourceId, HttpMethod: method.HttpMethod };
    const parts = await Promise.all([
      AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" }),
      ...["200", ...more].map((StatusCode) =>
        AWS.ApiGateway.MethodResponse(`answer-${StatusCode}`, { ...of, StatusCode }),
      ),
      AWS.ApiGateway.IntegrationResponse("reply", {
        ...of,
        StatusCode: "200",
        ResponseTemplates: { "application/json": body },
      }),
      ...more.map((StatusCode) =>
        AWS.ApiGateway.IntegrationResponse(`reply-${StatusCode}`, {
          ...of,
          StatusCode,
          SelectionPattern: StatusCode,
        }),
      ),
    ]);
    const release = await AWS.ApiGateway.Deployment(`release-${deploymentTrigger(method, ...parts)}`, {
      RestApiId: api,
    });
    await AWS.ApiGateway.Stage("stage", { RestApiId: api, StageName: "live", DeploymentId: release });
  };

const resourcesOf = ({ emulator }: Cloud, type: string): Props[] =>
  emulator
    .resources()
    .filter(({ TypeName }) => TypeName === `AWS::ApiGateway::${type}`)
    .map(({ Properties }) => Properties);

test("another response of a V1 method is another deployment: the stage moves, and the old one goes after it", async () => {
  const here = await cloud();
  await here.deploy(program("1"));
  const [before] = resourcesOf(here, "Deployment");
  const calls = here.emulator.calls.length;
  expect(movesOf(await here.deploy(program("1"))).every((line) => line.endsWith(": nothing"))).toBe(true);
  expect(here.emulator.calls).toHaveLength(calls);

  // A deployment that a stage serves cannot be deleted: the other order would fail.
  const report = await here.deploy(program("2"));
  expect(movesOf(report).filter((line) => !line.endsWith(": nothing"))).toEqual([
    "reply: update",
    expect.stringMatching(/^release-\w+: create$/),
    "stage: update",
    expect.stringMatching(/^release-\w+: delete$/),
  ]);
  const [deployment, ...others] = resourcesOf(here, "Deployment");
  expect(others).toEqual([]);
  expect(deployment?.["DeploymentId"]).not.toBe(before?.["DeploymentId"]);
  expect(resourcesOf(here, "Stage")).toMatchObject([{ DeploymentId: deployment?.["DeploymentId"] }]);
});

test("a plan that could not tell the trigger yet is kept to: the deployment it stands for is made, and the old one goes", async () => {
  const here = await cloud();
  const planned = async (asked: () => Promise<void>) => {
    const report = await here.deploy(asked, { phase: "plan" });
    return { moves: movesOf(report), file: planFileOf(report, 0) };
  };
  const first = await planned(program("1"));
  expect(first.moves).toContain("release-⟨deploymentTrigger⟩: create");
  expect(
    (await here.deploy(program("1"), { plan: first.file })).changes.filter(({ error }) => error),
  ).toEqual([]);

  const second = await planned(program("1", ["400"]));
  expect(second.moves).toContain("release-⟨deploymentTrigger⟩: create");
  expect(second.moves).toContainEqual(expect.stringMatching(/^release-\w+: delete$/));
  const report = await here.deploy(program("1", ["400"]), { plan: second.file });
  expect(movesOf(report).filter((line) => !line.endsWith(": nothing"))).toEqual([
    "answer-400: create",
    "reply-400: create",
    expect.stringMatching(/^release-\w+: create$/),
    "stage: update",
    expect.stringMatching(/^release-\w+: delete$/),
  ]);
});

test("a plan that could not tell an id in full holds for no other id, and for one of them at least", async () => {
  const here = await cloud();
  const named = (id: string) => async (): Promise<void> => {
    const { RestApiId, RootResourceId } = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
    const of = { RestApiId, ResourceId: RootResourceId, HttpMethod: "GET" };
    const method = await AWS.ApiGateway.Method("get", {
      ...of,
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
    });
    if (id !== "") await AWS.ApiGateway.Deployment(`${id}-${deploymentTrigger(method)}`, { RestApiId });
  };
  const plan = planFileOf(await here.deploy(named("release"), { phase: "plan" }), 0);
  const other = await here.deploy(named("other"), { plan });
  expect(movesOf(other).at(-1)).toMatch(/^other-\w+: PLAN_MISMATCH$/);
  await expect(here.deploy(named(""), { plan })).rejects.toMatchObject({ code: "PLAN_MISMATCH" });
  const kept = await here.deploy(named("release"), { plan });
  expect(movesOf(kept)).toEqual([
    "api: nothing",
    "get: nothing",
    expect.stringMatching(/^release-\w+: create$/),
  ]);
});
