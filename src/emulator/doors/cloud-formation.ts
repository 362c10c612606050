import type { Cloud } from "../cloud/cloud.ts";
import { knownOf } from "../cloud/known-type.ts";
import { Refusal } from "../cloud/refusal.ts";
import { schemaOf } from "../cloud/schema-document.ts";
import type { Door, Incoming } from "./door.ts";
import { answerOf, escapeXml, formOf, refusalOf } from "./query.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeType.html
const namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
const version = "2010-05-15";

type Form = Readonly<Record<string, string>>;

/** Opens CloudFormation for a form of its version; it knows DescribeType alone, of resource types by name. */
export function cloudFormation(incoming: Incoming): Door | undefined {
  const body = formOf(incoming);
  if (body?.["Version"] !== version) return undefined;
  const { Action: action = "", TypeName: type } = body;
  return {
    api: `cloudformation:${action}`,
    action: `cloudformation:${action}`,
    body,
    ...(type !== undefined && { target: type }),
    answer: (cloud) => {
      if (action === "DescribeType") return answerOf(namespace, action, description(cloud, body));
      throw new Refusal("InvalidAction", `Could not find operation ${action} for version ${version}`);
    },
    refuse: (refusal) => refusalOf(namespace, refusal),
    throttled: new Refusal("Throttling", "Rate exceeded"),
    unsigned: new Refusal("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
  };
}

function description(
  { settings }: Cloud,
  { Type: kind, TypeName: type, VersionId: versionId }: Form,
): string {
  if (kind === undefined || type === undefined) {
    throw new Refusal("ValidationError", "Type and TypeName are needed: the emulator knows no types by Arn");
  }
  if (kind !== "RESOURCE" || !settings.facts(type)) throw typeNotFoundRefusal(type);
  const known = knownOf(settings, type);
  const { handlers } = known;
  const isPublic = /^(AWS|Alexa)::/.test(type);
  return elements({
    Arn: `arn:aws:cloudformation:${settings.region}:${isPublic ? "" : settings.account}:type/resource/${type.replaceAll("::", "-")}`,
    Type: kind,
    TypeName: type,
    ...(versionId !== undefined && { DefaultVersionId: versionId }),
    Schema: JSON.stringify(settings.schemas.get(type) ?? schemaOf(known)),
    ProvisioningType: handlers.includes("update") ? "FULLY_MUTABLE" : "IMMUTABLE",
    DeprecatedStatus: "LIVE",
    Visibility: isPublic ? "PUBLIC" : "PRIVATE",
  });
}

/** As AWS words it: terraform-provider-awscc #3105. */
const typeNotFoundRefusal = (type: string): Refusal =>
  new Refusal("TypeNotFoundException", `The type '${type}' cannot be found.`, 404);

const elements = (values: Form): string =>
  Object.entries(values)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join("");
