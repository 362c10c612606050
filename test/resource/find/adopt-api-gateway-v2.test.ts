import { expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { cloud, movesOf } from "../../support/run.ts";

const websocket = {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
};

test("every type of API Gateway V2 that has a natural key is found by it and adopted as it is", async () => {
  const { deploy, emulator } = await cloud();
  const ApiId = emulator.put("AWS::ApiGatewayV2::Api", websocket).Identifier;
  const [, RouteId = ""] = emulator
    .put("AWS::ApiGatewayV2::Route", { ApiId, RouteKey: "ping" })
    .Identifier.split("|");
  emulator.put("AWS::ApiGatewayV2::RouteResponse", { ApiId, RouteId, RouteResponseKey: "$default" });
  emulator.put("AWS::ApiGatewayV2::Stage", { ApiId, StageName: "live" });
  emulator.put("AWS::ApiGatewayV2::Model", { ApiId, Name: "message", Schema: { type: "object" } });
  emulator.put("AWS::ApiGatewayV2::Authorizer", { ApiId, Name: "guard", AuthorizerType: "REQUEST" });
  emulator.put("AWS::ApiGatewayV2::VpcLink", { Name: "inside", SubnetIds: ["subnet-1"] });
  const before = emulator.resources();

  const adopt = true;
  const { Api, Route, RouteResponse, Stage, Model, Authorizer, VpcLink } = AWS.ApiGatewayV2;
  const report = await deploy(() =>
    Promise.all([
      Api("api", { ...websocket, adopt }),
      Route("route", { ApiId, RouteKey: "ping", adopt }),
      RouteResponse("response", { ApiId, RouteId, RouteResponseKey: "$default", adopt }),
      Stage("stage", { ApiId, StageName: "live", adopt }),
      Model("model", { ApiId, Name: "message", Schema: { type: "object" }, adopt }),
      Authorizer("authorizer", { ApiId, Name: "guard", AuthorizerType: "REQUEST", adopt }),
      VpcLink("link", { Name: "inside", SubnetIds: ["subnet-1"], adopt }),
    ]),
  );
  expect(movesOf(report).map((line) => line.replace(/^.*: /, ""))).toEqual(Array(7).fill("adopt"));
  expect(report.calls["CreateResource"]).toBeUndefined();
  expect(emulator.resources()).toEqual(before);
});
