// Two integration responses of a WebSocket API: one was made by hand long ago and is taken over, one is new.
//   API_ID=… INTEGRATION_ID=… npx tsx examples/adopt-replies.ts
import AWS, { app } from "await-aws";

const { API_ID: ApiId = "abcdefghij", INTEGRATION_ID: IntegrationId = "a1b2c3d" } = process.env;
const { GREETING = "hello" } = process.env;

const replies = await app("replies");

// Only what is written here becomes ours: whatever else the existing response has stays as it is.
const fallback = await AWS.ApiGatewayV2.IntegrationResponse("fallback", {
  ApiId,
  IntegrationId,
  IntegrationResponseKey: "$default",
  TemplateSelectionExpression: "${response.header.template}",
  adopt: true,
});

const created = await AWS.ApiGatewayV2.IntegrationResponse("created", {
  ApiId,
  IntegrationId,
  IntegrationResponseKey: "/201/",
  ResponseTemplates: { "application/json": JSON.stringify({ greeting: GREETING }) },
});

await replies.finalize();

console.log(`fallback ${fallback.IntegrationResponseId}, created ${created.IntegrationResponseId}`);
