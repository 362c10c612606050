// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/: one call lists what ListResources would need a
// page of identifiers and a read of each for.
import type { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { ResourceError } from "../errors.ts";
import { type Props, isProps } from "../json.ts";
import { type Where, type Wire, clientOptions, line } from "../wire/client.ts";
import type { Lister } from "./lister.ts";

interface Page {
  readonly Items?: readonly object[] | undefined;
  readonly NextToken?: string | undefined;
}

type Sdk = typeof import("@aws-sdk/client-apigatewayv2");
type Fetch = (
  sdk: Sdk,
  client: ApiGatewayV2Client,
  parents: Props,
  NextToken: string | undefined,
) => Promise<Page>;

/** A parent stands in the path of the request, which has no place for an empty one. */
function text(parents: Props, name: string): string {
  const value = parents[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ResourceError("VALIDATION", `the list below an API needs its parents: ${name} is missing`);
}

const apiOf = (
  parents: Props,
  NextToken: string | undefined,
): { ApiId: string; NextToken: string | undefined } => ({
  ApiId: text(parents, "ApiId"),
  NextToken,
});

const fetches: Readonly<Record<string, { readonly api: string; readonly fetch: Fetch }>> = {
  "AWS::ApiGatewayV2::Api": {
    api: "GetApis",
    fetch: (sdk, client, _, NextToken) => client.send(new sdk.GetApisCommand({ NextToken })),
  },
  "AWS::ApiGatewayV2::Authorizer": {
    api: "GetAuthorizers",
    fetch: (sdk, client, parents, next) => client.send(new sdk.GetAuthorizersCommand(apiOf(parents, next))),
  },
  "AWS::ApiGatewayV2::Integration": {
    api: "GetIntegrations",
    fetch: (sdk, client, parents, next) => client.send(new sdk.GetIntegrationsCommand(apiOf(parents, next))),
  },
  "AWS::ApiGatewayV2::IntegrationResponse": {
    api: "GetIntegrationResponses",
    fetch: (sdk, client, parents, next) =>
      client.send(
        new sdk.GetIntegrationResponsesCommand({
          ...apiOf(parents, next),
          IntegrationId: text(parents, "IntegrationId"),
        }),
      ),
  },
  "AWS::ApiGatewayV2::Model": {
    api: "GetModels",
    fetch: (sdk, client, parents, next) => client.send(new sdk.GetModelsCommand(apiOf(parents, next))),
  },
  "AWS::ApiGatewayV2::Route": {
    api: "GetRoutes",
    fetch: (sdk, client, parents, next) => client.send(new sdk.GetRoutesCommand(apiOf(parents, next))),
  },
  "AWS::ApiGatewayV2::RouteResponse": {
    api: "GetRouteResponses",
    fetch: (sdk, client, parents, next) =>
      client.send(
        new sdk.GetRouteResponsesCommand({ ...apiOf(parents, next), RouteId: text(parents, "RouteId") }),
      ),
  },
  "AWS::ApiGatewayV2::Stage": {
    api: "GetStages",
    fetch: (sdk, client, parents, next) => client.send(new sdk.GetStagesCommand(apiOf(parents, next))),
  },
  "AWS::ApiGatewayV2::VpcLink": {
    api: "GetVpcLinks",
    fetch: (sdk, client, _, NextToken) => client.send(new sdk.GetVpcLinksCommand({ NextToken })),
  },
};

/** Lists API Gateway V2 resources through the service's own control plane. */
export function apiGatewayV2(where: Where, wire: Wire): Lister {
  const out = line(wire);
  let loading: Promise<{ sdk: Sdk; client: ApiGatewayV2Client }> | undefined;
  const open = async (): Promise<{ sdk: Sdk; client: ApiGatewayV2Client }> => {
    const sdk = await import("@aws-sdk/client-apigatewayv2");
    return { sdk, client: new sdk.ApiGatewayV2Client(clientOptions(where, wire)) };
  };

  return {
    lists: (type) => Object.hasOwn(fetches, type),
    async *list(type, parents): AsyncGenerator<Props> {
      const how = Object.hasOwn(fetches, type) ? fetches[type] : undefined;
      if (!how) return;
      let next: string | undefined;
      do {
        const { sdk, client } = await (loading ??= open());
        const page = await out.send(how.api, () => how.fetch(sdk, client, parents, next));
        for (const item of page.Items ?? []) yield { ...plain(item), ...parents };
        next = page.NextToken;
      } while (next);
    },
  };
}

/** The item as JSON: SDK shapes carry dates, which JSON text turns into ISO 8601. */
function plain(item: object): Props {
  const value: unknown = JSON.parse(JSON.stringify(item));
  return isProps(value) ? value : {};
}
