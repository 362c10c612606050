import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Props } from "../../src/json.ts";
import { deploymentTrigger } from "../../src/resource/trigger.ts";
import { type Cloud, cloud, movesOf } from "../run.ts";

/** A method in parts, and a stage that serves a deployment of them. */
const program = (body: string) => async (): Promise<void> => {
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
    AWS.ApiGateway.MethodResponse("answer", { ...of, StatusCode: "200" }),
    AWS.ApiGateway.IntegrationResponse("reply", {
      ...of,
      StatusCode: "200",
      ResponseTemplates: { "application/json": body },
    }),
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
