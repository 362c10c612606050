import { type Json, type Props, isList, isProps } from "../../json.ts";
import { type Objection, changeProperty, plain } from "./behaviour.ts";

const itemsIn = (value: Json | undefined): Props[] => (isList(value) ? value.filter(isProps) : []);

/**
 * Refuses an integration response whose status no method response declares, one that fills a header which that does not
 * name (aws-apigateway-importer #209), and two of the same selection pattern (terraform-provider-aws #5893).
 */
export function refuseMethod({ Integration, MethodResponses }: Props): Objection | string | undefined {
  const responses = isProps(Integration) ? itemsIn(Integration["IntegrationResponses"]) : [];
  const declared = new Set(itemsIn(MethodResponses).map((response) => response["StatusCode"]));
  if (responses.some((response) => !declared.has(response["StatusCode"] ?? null))) {
    return { code: "NotFound", message: "Invalid Response status code specified" };
  }
  const stray = responses.flatMap((response) => strayHeaders(response, itemsIn(MethodResponses)));
  if (stray.length > 0) {
    const errors = stray.map((name) => `Invalid mapping expression parameter specified: ${name}`).join(", ");
    return `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`;
  }
  const patterns = responses.map((response) => plain(patternOf(response) ?? ""));
  const twice = patterns.find((pattern, i) => patterns.indexOf(pattern) < i);
  if (twice === undefined) return undefined;
  const message = `Integration response with selection pattern ${twice || "default"} already exists`;
  return { code: "AlreadyExists", message };
}

/** The parameters that an integration response fills and its method response does not name. */
function strayHeaders(response: Props, declared: readonly Props[]): string[] {
  const its = declared.find(({ StatusCode: status }) => status === response["StatusCode"]);
  const named = its?.["ResponseParameters"];
  const filled = response["ResponseParameters"];
  if (!isProps(filled)) return [];
  return Object.keys(filled).filter((name) => !isProps(named) || !Object.hasOwn(named, name));
}

/** A method as the service keeps it: its integration completed, its responses in the order of their status. */
export const completeMethod = (model: Props): Props =>
  changeProperty(changeProperty(model, "MethodResponses", byStatus), "Integration", (integration) =>
    isProps(integration)
      ? changeProperty(
          {
            CacheKeyParameters: [],
            CacheNamespace: model["ResourceId"] ?? "",
            PassthroughBehavior: "WHEN_NO_MATCH",
            TimeoutInMillis: 29_000,
            ...integration,
          },
          "IntegrationResponses",
          (responses) => byStatus(withDefaults(responses)),
        )
      : integration,
  );

/** `-` makes a response the default, as none does, and no read shows it (terraform-provider-aws #10222). */
const patternOf = ({ SelectionPattern: pattern }: Props): Json | undefined =>
  pattern === "-" ? undefined : pattern;

const withDefaults = (responses: Json): Json =>
  isList(responses)
    ? responses.map((response) => {
        if (!isProps(response) || response["SelectionPattern"] !== "-") return response;
        const { SelectionPattern: _, ...rest } = response;
        return rest;
      })
    : responses;

const byStatus = (responses: Json): Json =>
  isList(responses) ? responses.toSorted((a, b) => (statusOf(a) < statusOf(b) ? -1 : 1)) : responses;

const statusOf = (response: Json): string => (isProps(response) ? plain(response["StatusCode"]) : "");
