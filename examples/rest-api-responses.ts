// A REST API whose one method is answered by a mock: each response of the method is a resource of its own.
//   npx tsx examples/rest-api-responses.ts
import AWS, { app, deploymentTrigger } from "await-aws";

const demo = await app("rest-api-responses");

const api = await AWS.ApiGateway.RestApi("MyDemoAPI", {
  Name: "MyDemoAPI",
  Description: "This is my API for demonstration purposes",
});
const resource = await AWS.ApiGateway.Resource("MyDemoResource", {
  RestApiId: api,
  ParentId: api.RootResourceId,
  PathPart: "mydemoresource",
});
const method = await AWS.ApiGateway.Method("MyDemoMethod", {
  RestApiId: api,
  ResourceId: resource,
  HttpMethod: "GET",
  AuthorizationType: "NONE",
});
const { HttpMethod } = method;
const integration = await AWS.ApiGateway.Integration("MyDemoIntegration", {
  RestApiId: api,
  ResourceId: resource,
  HttpMethod,
  Type: "MOCK",
});
const response200 = await AWS.ApiGateway.MethodResponse("response_200", {
  RestApiId: api,
  ResourceId: resource,
  HttpMethod,
  StatusCode: "200",
});
const reply = await AWS.ApiGateway.IntegrationResponse("MyDemoIntegrationResponse", {
  RestApiId: api,
  ResourceId: resource,
  HttpMethod,
  StatusCode: response200.StatusCode,
  // Turns the backend's JSON into XML.
  ResponseTemplates: {
    "application/xml": `#set($inputRoot = $input.path('$'))
<?xml version="1.0" encoding="UTF-8"?>
<message>
    $inputRoot.body
</message>`,
  },
});

// A deployment is a snapshot. Its id holds what it stands on, so that another response makes another deployment; the
// old one goes once the stage has moved on.
const release = deploymentTrigger(method, integration, response200, reply);
const deployment = await AWS.ApiGateway.Deployment(`release-${release}`, {
  RestApiId: api,
  dependsOn: [reply, integration],
});
await AWS.ApiGateway.Stage("live", {
  RestApiId: api,
  StageName: "live",
  DeploymentId: deployment.DeploymentId,
});

await demo.finalize();

console.log(`${api.RestApiId}/${resource.ResourceId}/${HttpMethod}/${reply.StatusCode}`);
