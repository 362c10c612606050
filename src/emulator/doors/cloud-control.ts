import { type Props, isProps } from "../../json.ts";
import { operations } from "../operations/all.ts";
import { readInput } from "../operations/input.ts";
import { Refusal, throttled, unreadable } from "../cloud/refusal.ts";
import type { Door, Incoming, Reply } from "./door.ts";

// awsJson1_0: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html. The operation stands in X-Amz-Target
// alone, whatever the path and the query say.

const prefix = "CloudApiService.";

/** Opens Cloud Control for a request that names one of its operations. */
export function cloudControl(incoming: Incoming): Door | undefined {
  const { "x-amz-target": target } = incoming.headers;
  if (typeof target !== "string" || !target.startsWith(prefix)) return undefined;
  const api = target.slice(prefix.length);
  const body = parsed(incoming.text);
  const typeName = isProps(body) ? body["TypeName"] : undefined;
  return {
    api,
    body,
    ...(typeof typeName === "string" && { target: typeName }),
    answer: (cloud, planned) => {
      const operation = operations.get(api);
      if (!operation) throw new Refusal("com.amazon.coral.service#UnknownOperationException", "");
      if (body === incoming.text) throw unreadable("The body is not valid JSON");
      return reply(200, operation(cloud, readInput(api, body), planned));
    },
    refuse: ({ type, message, status }) =>
      reply(status, {
        __type: type,
        [type.startsWith("com.amazon.coral.") ? "message" : "Message"]: message,
      }),
    throttled: throttled(),
    unsigned: new Refusal(
      "com.amazon.coral.service#MissingAuthenticationTokenException",
      "Missing Authentication Token",
    ),
  };
}

/** Text that is no JSON stays text. */
function parsed(text: string): unknown {
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
