// A whole WebSocket API with two-way communication: clients send {"action": "ping"} or {"action": "order", "status": 404}
// and are answered by templates, with no backend at all.
//   PONG=pong npx tsx examples/websocket-api.ts
import AWS, { app, deploymentTrigger } from "await-aws";

const { PONG = "pong" } = process.env;

const chat = await app("websocket-api");

const api = await AWS.ApiGatewayV2.Api("api", {
  Name: "ping-pong",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
});

// One mock integration a route: its template says which status it answers with, and an expression which template.
const answering = (status: number): string => `{"statusCode": ${status}}`;

const [pings, orders, others] = await Promise.all([
  AWS.ApiGatewayV2.Integration("pings", {
    ApiId: api,
    IntegrationType: "MOCK",
    TemplateSelectionExpression: "200",
    RequestTemplates: { "200": answering(200) },
  }),
  AWS.ApiGatewayV2.Integration("orders", {
    ApiId: api,
    IntegrationType: "MOCK",
    TemplateSelectionExpression: "${request.body.status}",
    RequestTemplates: Object.fromEntries(
      [200, 202, 302, 404, 429, 500].map((status) => [status, answering(status)]),
    ),
  }),
  AWS.ApiGatewayV2.Integration("others", {
    ApiId: api,
    IntegrationType: "MOCK",
    TemplateSelectionExpression: "400",
    RequestTemplates: { "400": answering(400) },
  }),
]);

// Two-way: without a route response, and the expression that selects it, nothing is ever sent back.
const routes = await Promise.all(
  Object.entries({ ping: pings, order: orders, $default: others }).map(([RouteKey, { IntegrationId }]) =>
    AWS.ApiGatewayV2.Route(`route ${RouteKey}`, {
      ApiId: api,
      RouteKey,
      Target: `integrations/${IntegrationId}`,
      RouteResponseSelectionExpression: "$default",
    }),
  ),
);
const routeResponses = routes.map((route) =>
  AWS.ApiGatewayV2.RouteResponse(`response of ${route.RouteKey}`, {
    ApiId: api,
    RouteId: route,
    RouteResponseKey: "$default",
  }),
);

// The key is a regular expression over the status; $default answers what no other key matches.
const replies = [
  { key: "/2\\d\\d/", templates: { "200": '{"order": "done"}', "202": '{"order": "taken"}' } },
  { key: "/4\\d\\d/", templates: { "404": '{"error": "no such order"}', "429": '{"error": "slow down"}' } },
  { key: "/5\\d\\d/", templates: { "500": '{"error": "our fault"}' } },
  { key: "$default", templates: { "302": '{"error": "try elsewhere"}' } },
] as const;

const answers = [
  AWS.ApiGatewayV2.IntegrationResponse("pong", {
    ApiId: api,
    IntegrationId: pings,
    IntegrationResponseKey: "$default",
    ResponseTemplates: { "application/json": JSON.stringify({ answer: PONG }) },
  }),
  AWS.ApiGatewayV2.IntegrationResponse("what", {
    ApiId: api,
    IntegrationId: others,
    IntegrationResponseKey: "$default",
    ResponseTemplates: { "application/json": JSON.stringify({ error: "say ping or order" }) },
  }),
  ...replies.map(({ key, templates }) =>
    AWS.ApiGatewayV2.IntegrationResponse(`order ${key}`, {
      ApiId: api,
      IntegrationId: orders,
      IntegrationResponseKey: key,
      TemplateSelectionExpression: "${integration.response.statuscode}",
      ResponseTemplates: templates,
    }),
  ),
];

// A deployment is a snapshot. Its id holds what it stands on: another answer is another deployment, and the old one
// goes once the stage has moved on.
const served = await Promise.all([...routeResponses, ...answers]);
const release = deploymentTrigger(pings, orders, others, ...routes, ...served);
const deployment = await AWS.ApiGatewayV2.Deployment(`release-${release}`, { ApiId: api });
const stage = await AWS.ApiGatewayV2.Stage("stage", {
  ApiId: api,
  StageName: "live",
  DeploymentId: deployment,
});

await chat.finalize();

console.log(`${api.ApiEndpoint}/${stage.StageName}`);
