import { randomUUID } from "node:crypto";
import { type Props, isProps } from "../../json.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { KnownType } from "../cloud/known-type.ts";
import { notFoundMessage } from "../cloud/lifecycle.ts";
import { isTooDeep } from "../cloud/nesting.ts";
import type { PlannedFailure } from "../cloud/options.ts";
import { invalid, serviceRefusal } from "../cloud/refusal.ts";
import { seenAs } from "../cloud/seen.ts";

/** Answers one operation of Cloud Control: its output, or a thrown Refusal. */
export type Answer = (cloud: Cloud, input: Props, planned?: PlannedFailure) => Props;

/** The text of a member, empty when absent; inputs are checked before. */
export function textOf(input: Props, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}

/** Reads a member that holds a JSON object as text, or refuses it. */
export function modelIn(input: Props, name: string): Props {
  let value: unknown;
  if (isTooDeep(textOf(input, name))) throw invalid(`${name} is nested too deep`);
  try {
    value = JSON.parse(textOf(input, name));
  } catch {
    throw invalid(`${name} is not valid JSON`);
  }
  if (isProps(value)) return value;
  throw invalid("Model validation failed (#: expected type: JSONObject)");
}

/** Runs the read handler: what is not there, or not visible yet, is refused as ResourceNotFoundException. */
export function readLive(cloud: Cloud, known: KnownType, identifier: string): Props {
  const shown = seenAs(cloud, known, identifier);
  if (shown) return shown;
  throw serviceRefusal(
    "ResourceNotFoundException",
    `${known.type} Handler returned status FAILED: ${notFoundMessage(known, identifier)} (HandlerErrorCode: NotFound, RequestToken: ${randomUUID()})`,
  );
}
