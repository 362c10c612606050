import { ResourceError } from "../../errors.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Scope } from "../../scope/scope.ts";
import type { Call } from "./read-call.ts";

/**
 * Refuses a type that Cloud Control has no handlers for as `UNSUPPORTED_TYPE`, before anything is sent. What this
 * version knows may be out of date, so that the registry has the last word.
 */
export async function requireServed(scope: Scope, { type, facts, options }: Call): Promise<void> {
  if (!isUnserved(facts)) return;
  const cloud = await scope.cloud(options);
  const { handlers = [] } = await cloud.facts(type, options.typeVersionId);
  if (handlers.length === 0) throw unserved(type);
}

/** Tells whether nothing serves a type, as far as is known without asking. */
export const isUnserved = ({ handlers }: Facts): boolean => handlers?.length === 0;

const unserved = (type: string): ResourceError =>
  new ResourceError("UNSUPPORTED_TYPE", "Cloud Control has no handlers for this type", {
    type,
    advice:
      "Only CloudFormation can make it: declare it in a stack (AWS::CloudFormation::Stack), or call the service's own API.",
  });
