import { randomUUID } from "node:crypto";
import { type Props, isProps } from "../../json.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { deniedHandler } from "../cloud/iam.ts";
import { knownOf } from "../cloud/known-type.ts";
import { isTooDeep } from "../cloud/nesting.ts";
import type { PlannedFailure } from "../cloud/options.ts";
import { operations } from "../operations/all.ts";
import { readInput } from "../operations/input.ts";
import { Refusal, throttlingRefusal, unreadable } from "../cloud/refusal.ts";
import type { Door, Incoming, Reply } from "./door.ts";

// awsJson1_0: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html. The operation stands in X-Amz-Target
// alone, whatever the path and the query say.

const prefix = "CloudApiService.";

/** Opens Cloud Control for a request that names one of its operations. */
export function cloudControl(incoming: Incoming): Door | undefined {
  const { "x-amz-target": target } = incoming.headers;
  if (typeof target !== "string" || !target.startsWith(prefix)) return undefined;
  const api = target.slice(prefix.length);
  const body = tryParse(incoming.text);
  const typeName = isProps(body) ? body["TypeName"] : undefined;
  return {
    api,
    action: `cloudformation:${api}`,
    isLimited: true,
    body,
    ...(typeof typeName === "string" && { target: typeName }),
    answer: (cloud, planned) => {
      const operation = operations.get(api);
      if (!operation) throw new Refusal("com.amazon.coral.service#UnknownOperationException", "");
      if (body === incoming.text) throw unreadable("The body is not valid JSON");
      const input = readInput(api, body);
      return reply(200, operation(cloud, input, deniedIn(cloud, api, input) ?? planned));
    },
    refuse: ({ type, message, status }) =>
      reply(status, {
        __type: type,
        [type.startsWith("com.amazon.coral.") ? "message" : "Message"]: message,
      }),
    throttled: throttlingRefusal(),
    unsigned: new Refusal(
      "com.amazon.coral.service#MissingAuthenticationTokenException",
      "Missing Authentication Token",
    ),
  };
}

const handlers: Readonly<Record<string, string>> = {
  CreateResource: "create",
  UpdateResource: "update",
  DeleteResource: "delete",
  GetResource: "read",
  ListResources: "list",
};

/** How a write ends whose handler may not work; a read that may not is refused at once. */
function deniedIn({ settings }: Cloud, api: string, { TypeName: type }: Props): PlannedFailure | undefined {
  const handler = handlers[api];
  if (handler === undefined || typeof type !== "string") return undefined;
  const denied = deniedHandler(settings, knownOf(settings, type), handler);
  if (!denied || (handler !== "read" && handler !== "list")) return denied;
  const code = `(HandlerErrorCode: AccessDenied, RequestToken: ${randomUUID()})`;
  const message = `${type} Handler returned status FAILED: ${denied.message} ${code}`;
  throw new Refusal("com.amazon.coral.service#AccessDeniedException", message);
}

/** Text that is no JSON, or nests too deep, stays text. */
function tryParse(text: string): unknown {
  if (isTooDeep(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const reply = (status: number, body: Props): Reply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  text: JSON.stringify(body),
});
