// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/: one call lists what ListResources would need a
// page of identifiers and a read of each for.
import type { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { ResourceError } from "../errors.ts";
import { type Props, isProps } from "../json.ts";
import { requireUnstopped } from "../wire/answer.ts";
import { type Where, type Wire, clientOptions, openApiClient } from "../wire/client.ts";
import { itemsOf } from "../wire/pages.ts";
import type { Lister } from "./lister.ts";

interface Page {
  readonly Items?: readonly object[] | undefined;
  readonly NextToken?: string | undefined;
}

/** How to ask for one page. */
interface ListQuery {
  readonly parents: Props;
  readonly next: string | undefined;
  readonly cut: { readonly abortSignal: AbortSignal };
}

type Sdk = typeof import("@aws-sdk/client-apigatewayv2");
type Fetch = (sdk: Sdk, client: ApiGatewayV2Client, asked: ListQuery) => Promise<Page>;

/** A parent stands in the path of the request, which has no place for an empty one. */
function text(parents: Props, name: string): string {
  const value = parents[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ResourceError("VALIDATION", `the list below an API needs its parents: ${name} is missing`);
}

const apiOf = ({ parents, next }: ListQuery): { ApiId: string; NextToken: string | undefined } => ({
  ApiId: text(parents, "ApiId"),
  NextToken: next,
});

const fetches: Readonly<Record<string, { readonly api: string; readonly fetch: Fetch }>> = {
  "AWS::ApiGatewayV2::Api": {
    api: "GetApis",
    fetch: (sdk, client, { next, cut }) => client.send(new sdk.GetApisCommand({ NextToken: next }), cut),
  },
  "AWS::ApiGatewayV2::Authorizer": {
    api: "GetAuthorizers",
    fetch: (sdk, client, asked) => client.send(new sdk.GetAuthorizersCommand(apiOf(asked)), asked.cut),
  },
  "AWS::ApiGatewayV2::Integration": {
    api: "GetIntegrations",
    fetch: (sdk, client, asked) => client.send(new sdk.GetIntegrationsCommand(apiOf(asked)), asked.cut),
  },
  "AWS::ApiGatewayV2::IntegrationResponse": {
    api: "GetIntegrationResponses",
    fetch: (sdk, client, asked) =>
      client.send(
        new sdk.GetIntegrationResponsesCommand({
          ...apiOf(asked),
          IntegrationId: text(asked.parents, "IntegrationId"),
        }),
        asked.cut,
      ),
  },
  "AWS::ApiGatewayV2::Model": {
    api: "GetModels",
    fetch: (sdk, client, asked) => client.send(new sdk.GetModelsCommand(apiOf(asked)), asked.cut),
  },
  "AWS::ApiGatewayV2::Route": {
    api: "GetRoutes",
    fetch: (sdk, client, asked) => client.send(new sdk.GetRoutesCommand(apiOf(asked)), asked.cut),
  },
  "AWS::ApiGatewayV2::RouteResponse": {
    api: "GetRouteResponses",
    fetch: (sdk, client, asked) =>
      client.send(
        new sdk.GetRouteResponsesCommand({ ...apiOf(asked), RouteId: text(asked.parents, "RouteId") }),
        asked.cut,
      ),
  },
  "AWS::ApiGatewayV2::Stage": {
    api: "GetStages",
    fetch: (sdk, client, asked) => client.send(new sdk.GetStagesCommand(apiOf(asked)), asked.cut),
  },
  "AWS::ApiGatewayV2::VpcLink": {
    api: "GetVpcLinks",
    fetch: (sdk, client, { next, cut }) => client.send(new sdk.GetVpcLinksCommand({ NextToken: next }), cut),
  },
};

/** Lists API Gateway V2 resources through the service's own control plane. */
export function apiGatewayV2(where: Where, wire: Wire): Lister {
  const out = openApiClient(wire);
  let loading: Promise<{ sdk: Sdk; client: ApiGatewayV2Client }> | undefined;
  const open = async (): Promise<{ sdk: Sdk; client: ApiGatewayV2Client }> => {
    const sdk = await import("@aws-sdk/client-apigatewayv2");
    return { sdk, client: new sdk.ApiGatewayV2Client(clientOptions(where, wire)) };
  };

  return {
    lists: (type) => Object.hasOwn(fetches, type),
    async *list(type, parents, signal): AsyncGenerator<Props> {
      const how = Object.hasOwn(fetches, type) ? fetches[type] : undefined;
      if (!how) return;
      const ask = async (next: string | undefined, abortSignal: AbortSignal): Promise<Page> => {
        const { sdk, client } = await (loading ??= open());
        return how.fetch(sdk, client, { parents, next, cut: { abortSignal } });
      };
      yield* itemsOf({
        fetch: async (next) => {
          requireUnstopped(wire.signal, signal);
          const page = await out.send(how.api, (cut) => ask(next, cut), { signal, about: () => ({ type }) });
          const items = (page.Items ?? []).map((item) => ({ ...plain(item), ...parents }));
          return { items, next: page.NextToken };
        },
        keyOf: (item) => JSON.stringify(item),
      });
    },
  };
}

/** The item as JSON: SDK shapes carry dates, which JSON text turns into ISO 8601. */
function plain(item: object): Props {
  const value: unknown = JSON.parse(JSON.stringify(item));
  return isProps(value) ? value : {};
}
