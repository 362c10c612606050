import jsonpatch from "fast-json-patch";
import type { PatchOperation } from "../../../src/events.ts";
import type { Json, Props } from "../../../src/json.ts";

/** Applies a patch as Cloud Control does: a remove or replace of what is not there fails. */
export function strictly(live: Props, patch: readonly PatchOperation[]): Props {
  const operations: jsonpatch.Operation[] = structuredClone(patch).map((operation) => ({ ...operation }));
  return jsonpatch.applyPatch<Record<string, Json>>(structuredClone({ ...live }), operations, true)
    .newDocument;
}
