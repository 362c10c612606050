import { AWS } from "../../../src/aws/namespace.ts";
import type { Props } from "../../../src/json.ts";
import type { Cloud } from "../run.ts";

/** What names a V1 method. */
export interface MethodName {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
}

/** Declares an API, and the GET method of its root with these members more. */
export async function declareMethod(more: object = {}): Promise<MethodName> {
  const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
  const { RestApiId, ResourceId, HttpMethod } = await AWS.ApiGateway.Method("get", {
    RestApiId: api,
    ResourceId: api.RootResourceId,
    HttpMethod: "GET",
    AuthorizationType: "NONE",
    ...more,
  });
  return { RestApiId, ResourceId, HttpMethod };
}

/** How the parts of one method differ from those that every call of `declareParts` declares. */
export interface Parts {
  readonly method?: object;
  readonly status?: string;
  readonly reply?: object;
  readonly without?: readonly ("mock" | "ok" | "reply")[];
}

/** Declares a method, and in parts of their own a mock integration, a method response and its integration response. */
export async function declareParts({
  method,
  status = "200",
  reply,
  without = [],
}: Parts = {}): Promise<void> {
  const of = await declareMethod(method);
  if (!without.includes("mock")) await AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" });
  if (!without.includes("ok")) await AWS.ApiGateway.MethodResponse("ok", { ...of, StatusCode: status });
  if (!without.includes("reply"))
    await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: status, ...reply });
}

const type = "AWS::ApiGateway::Method";

/** The one method that is there, as the service has it. */
export const methodIn = ({ emulator }: Pick<Cloud, "emulator">): Props =>
  emulator.resources().find(({ TypeName }) => TypeName === type)?.Properties ?? {};

/** Changes the one method that is there by hand. */
export function changeMethod({ emulator }: Pick<Cloud, "emulator">, change: (method: Props) => Props): void {
  const { Identifier = "" } = emulator.resources().find(({ TypeName }) => TypeName === type) ?? {};
  emulator.change(type, Identifier, change);
}

/** The integration responses of the one method that is there. */
export function repliesIn(here: Pick<Cloud, "emulator">): readonly Props[] | undefined {
  const { Integration } = methodIn(here) as { Integration?: { IntegrationResponses?: readonly Props[] } };
  return Integration?.IntegrationResponses;
}
