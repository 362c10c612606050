// A whole WebSocket API: clients send {"action":"ping"} and are answered by templates, with no backend at all.
//   npx tsx examples/websocket-api.ts
import AWS, { app, deploymentTrigger } from "await-aws";

const chat = await app("websocket-api");

const api = await AWS.ApiGatewayV2.Api("api", {
  Name: "ping-pong",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
});

const integration = await AWS.ApiGatewayV2.Integration("mock", {
  ApiId: api,
  IntegrationType: "MOCK",
  TemplateSelectionExpression: "200",
  RequestTemplates: { "200": '{"statusCode": 200}' },
});

const route = await AWS.ApiGatewayV2.Route("ping", {
  ApiId: api,
  RouteKey: "ping",
  Target: `integrations/${integration.IntegrationId}`,
  RouteResponseSelectionExpression: "$default",
});

const answers = await Promise.all([
  AWS.ApiGatewayV2.RouteResponse("ping-response", {
    ApiId: api,
    RouteId: route,
    RouteResponseKey: "$default",
  }),
  AWS.ApiGatewayV2.IntegrationResponse("ok", {
    ApiId: api,
    IntegrationId: integration,
    IntegrationResponseKey: "/2\\d\\d/",
    TemplateSelectionExpression: "${integration.response.statuscode}",
    ResponseTemplates: { "200": '{"answer": "pong"}' },
  }),
  AWS.ApiGatewayV2.IntegrationResponse("client-error", {
    ApiId: api,
    IntegrationId: integration,
    IntegrationResponseKey: "/4\\d\\d/",
    ResponseTemplates: { "application/json": '{"error": "bad request"}' },
  }),
  AWS.ApiGatewayV2.IntegrationResponse("server-error", {
    ApiId: api,
    IntegrationId: integration,
    IntegrationResponseKey: "/5\\d\\d/",
    ResponseTemplates: { "application/json": '{"error": "our fault"}' },
  }),
  AWS.ApiGatewayV2.IntegrationResponse("otherwise", {
    ApiId: api,
    IntegrationId: integration,
    IntegrationResponseKey: "$default",
    ResponseTemplates: { "application/json": '{"error": "try again"}' },
  }),
]);

// A deployment is a snapshot. Its id holds what it stands on: another answer is another deployment, and the old one
// goes once the stage has moved on.
const release = deploymentTrigger(integration, route, ...answers);
const deployment = await AWS.ApiGatewayV2.Deployment(`release-${release}`, { ApiId: api });
const stage = await AWS.ApiGatewayV2.Stage("stage", {
  ApiId: api,
  StageName: "live",
  DeploymentId: deployment,
});

await chat.finalize();

console.log(`${api.ApiEndpoint}/${stage.StageName}`);
