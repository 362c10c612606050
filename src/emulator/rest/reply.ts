import { randomUUID } from "node:crypto";
import { type Props, isProps } from "../../json.ts";
import type { Outcome } from "../cloud/lifecycle.ts";
import { isTooDeep } from "../cloud/nesting.ts";
import { Refusal } from "../cloud/refusal.ts";
import type { Resource } from "../cloud/resource.ts";
import { type Door, type Incoming, type Reply, shapeOf } from "../doors/door.ts";

// restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html

/** What every call of a REST control plane has in common. */
export function restDoor(door: Pick<Door, "api" | "action" | "body" | "answer" | "edits">): Door {
  return {
    ...door,
    refuse: (refusal) =>
      restReply(refusal.status, { message: refusal.message }, { "x-amzn-errortype": shapeOf(refusal) }),
    throttled: new Refusal("TooManyRequestsException", "Too Many Requests", 429),
    unsigned: nowhere(),
  };
}

/** A reply with a JSON body, or none. */
export function restReply(
  status: number,
  body: Props | undefined,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { "content-type": "application/json", "x-amz-apigw-id": randomUUID(), ...headers },
    text: body === undefined ? "" : JSON.stringify(body),
  };
}

/** How API Gateway refuses a path that it does not have, or a request that is not signed. */
export const nowhere = (): Refusal =>
  new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token", 403);

/** How it refuses an input. */
export const badRequest = (message: string): Refusal => new Refusal("BadRequestException", message, 400);

/** How it says that something is not there. */
export const absent = (message: string): Refusal => new Refusal("NotFoundException", message, 404);

/** How it says that something else is in the way. */
export const inTheWay = (message: string): Refusal => new Refusal("ConflictException", message, 409);

const byCode: Readonly<Record<string, (message: string) => Refusal>> = {
  AlreadyExists: inTheWay,
  GeneralServiceException: inTheWay,
  NotFound: absent,
  ResourceConflict: inTheWay,
};

/** The resource that a write came to; what the handlers of Cloud Control report as a code is an exception here. */
export function doneOf(outcome: Outcome): Resource {
  if ("done" in outcome) return outcome.done;
  throw (byCode[outcome.failed.code] ?? badRequest)(outcome.failed.message);
}

/** Lets a check of the schema speak as REST does. */
export function checkAsRest(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof Refusal ? badRequest(`Invalid request input: ${error.message}`) : error;
  }
}

/** The object that a request sends; without a body it is empty, and text that is none stays text. */
export function bodyOf({ text }: Incoming): unknown {
  if (text === "") return {};
  if (isTooDeep(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body as an object, or a refusal. */
export function objectIn(body: unknown): Props {
  if (isProps(body)) return body;
  throw new Refusal("SerializationException", "Unable to unmarshall request body", 400);
}
