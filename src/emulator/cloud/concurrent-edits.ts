import { randomUUID } from "node:crypto";
import type { Cloud } from "./cloud.ts";
import { type KnownType, knownOf } from "./known-type.ts";
import type { PlannedFailure } from "./options.ts";
import { Refusal } from "./refusal.ts";
import { type Request, isRunning } from "./request.ts";

/** A write as far as it is known when it starts. */
type Edit = Pick<Request, "type" | "identifier" | "wanted">;

interface Gateway {
  /** The property that names the API in everything below it. */
  readonly key: string;
  /** The handler code under which the refusal arrives. Which one is said nowhere: clients have to look at the text. */
  readonly code: string;
}

const gateways: Readonly<Record<string, Gateway>> = {
  ApiGateway: { key: "RestApiId", code: "ResourceConflict" },
  ApiGatewayV2: { key: "ApiId", code: "GeneralServiceException" },
};

const text = "Unable to complete operation due to concurrent modification. Please try again later.";

/** What a write must have to itself, e.g. `ApiId abcdefghij`. */
export const apiKeyOf = (key: string, value: string): string => `${key} ${value}`;

/** How a write ends that comes while another below the same API is under way; undefined where it may go on. */
export function refusedEdit(cloud: Cloud, edit: Edit): PlannedFailure | undefined {
  const [, service = ""] = edit.type.split("::");
  const gateway = gateways[service];
  const api = apiOf(cloud, edit);
  if (!gateway || api === undefined || !isEdited(cloud, api)) return undefined;
  const cause = `(Service: ${service}, Status Code: 409, Request ID: ${randomUUID()})`;
  return { code: gateway.code, message: `${text} ${cause}` };
}

/** The same refusal as the REST APIs write it. */
export const conflict = (): Refusal => new Refusal("ConflictException", text, 409);

/** Tells whether a write below the API is under way, where the settings make that a reason to refuse others. */
export function isEdited(cloud: Cloud, api: string): boolean {
  if (cloud.settings.concurrentEdits === "allow") return false;
  return (
    cloud.isHeld(api) || cloud.requests().some((other) => isRunning(other) && apiOf(cloud, other) === api)
  );
}

/** The API that a write is below, or deletes; what only mentions an API, such as a mapping, is below none. */
function apiOf(cloud: Cloud, { type, identifier, wanted }: Edit): string | undefined {
  const key = gateways[type.split("::")[1] ?? ""]?.key;
  if (key === undefined || !belongs(knownOf(cloud.settings, type), `/${key}`)) return undefined;
  const model = wanted ?? (identifier === undefined ? undefined : cloud.find(type, identifier)?.model);
  const value = model?.[key];
  return typeof value === "string" ? apiKeyOf(key, value) : undefined;
}

const belongs = ({ identity, createOnly }: KnownType, pointer: string): boolean =>
  identity.includes(pointer) || createOnly.includes(pointer);
