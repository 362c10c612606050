// A REST API that browsers may call from anywhere: mock integrations, and a preflight answer for each path.
//   npx tsx examples/rest-api-cors.ts
import AWS, { app } from "await-aws";

const shop = await app("rest-api-cors");

const api = await AWS.ApiGateway.RestApi("api", { Name: "cors" });

const headers = {
  "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization'",
  "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
  "method.response.header.Access-Control-Allow-Origin": "'*'",
};
const origin = { "method.response.header.Access-Control-Allow-Origin": "'*'" };

/** The names of headers as a method response declares them. */
const declared = (of: object): Record<string, boolean> =>
  Object.fromEntries(Object.keys(of).map((name) => [name, true]));

/** One path with a GET that answers by itself, and the preflight for it. */
async function path(name: string, body: string): Promise<void> {
  const resource = await AWS.ApiGateway.Resource(name, {
    RestApiId: api,
    ParentId: api.RootResourceId,
    PathPart: name,
  });
  const answers = [
    { HttpMethod: "GET", parameters: origin, template: body },
    { HttpMethod: "OPTIONS", parameters: headers, template: "" },
  ];
  await Promise.all(
    answers.map(async ({ HttpMethod, parameters, template }) => {
      const id = `${name}-${HttpMethod.toLowerCase()}`;
      const method = await AWS.ApiGateway.Method(id, {
        RestApiId: api,
        ResourceId: resource,
        HttpMethod,
        AuthorizationType: "NONE",
        Integration: { Type: "MOCK", RequestTemplates: { "application/json": '{"statusCode": 200}' } },
      });
      const of = { RestApiId: api, ResourceId: resource, HttpMethod: method.HttpMethod, StatusCode: "200" };
      // Declared at once, they go out together, in one patch of their method.
      await Promise.all([
        AWS.ApiGateway.MethodResponse(`${id}-200`, { ...of, ResponseParameters: declared(parameters) }),
        AWS.ApiGateway.IntegrationResponse(`${id}-reply`, {
          ...of,
          ResponseParameters: parameters,
          ResponseTemplates: { "application/json": template },
        }),
      ]);
    }),
  );
}

await Promise.all([path("items", '{"items": []}'), path("health", '{"ok": true}')]);

await shop.finalize();

console.log(api.RestApiId);
