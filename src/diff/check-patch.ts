import jsonpatch from "fast-json-patch";
import { ResourceError } from "../errors.ts";
import type { PatchOperation } from "../events.ts";
import { type Json, type Props, covers, isList, isProps } from "../json.ts";
import type { Facts } from "../schema/facts.ts";

const operations = ["add", "remove", "replace", "move", "copy", "test"];

/**
 * The operations of RFC 6902 in a document that a user has written, which are to be sent as they are: one that is none,
 * that does not fit what is there, or that writes where nothing can be changed is `VALIDATION` naming it.
 */
export function checkedPatch(facts: Facts, live: Props, given: Json): readonly PatchOperation[] {
  if (!isList(given) || given.length === 0)
    throw refuse('a patch is a list of operations, e.g. [{"op": "replace", "path": "/Name", "value": "a"}]');
  const patch = given.map((operation, i) => readOperation(operation, i));
  for (const [i, { op, path }] of patch.entries()) {
    if (op === "test") continue;
    const fixed = [...(facts.readOnly ?? []), ...(facts.documented === true ? [] : (facts.createOnly ?? []))];
    if (fixed.some((pattern) => covers(pattern, path)))
      throw refuse(`operation ${i} writes ${path}, which cannot be changed`, path);
  }
  requireFit(live, patch);
  return patch;
}

function readOperation(operation: Json, i: number): PatchOperation {
  const { op, path, from, value } = isProps(operation) ? operation : {};
  if (typeof path !== "string" || !path.startsWith("/"))
    throw refuse(`operation ${i} has no path such as "/Name"`);
  if (op === "remove") return { op, path };
  if (op === "add" || op === "replace" || op === "test") {
    if (value === undefined) throw refuse(`operation ${i} (${op} ${path}) has no value`, path);
    return { op, path, value };
  }
  if (op !== "move" && op !== "copy")
    throw refuse(`operation ${i} (${path}) has no op of ${operations.join(", ")}`, path);
  if (typeof from !== "string") throw refuse(`operation ${i} (${op} ${path}) has no from`, path);
  return { op, from, path };
}

/** Applies them one by one to a copy: a path that leads nowhere, or a test that does not hold, is found here. */
function requireFit(live: Props, patch: readonly PatchOperation[]): void {
  let model: unknown = structuredClone(live);
  for (const [i, operation] of patch.entries()) {
    try {
      model = jsonpatch.applyPatch(
        model,
        [structuredClone(operation) as jsonpatch.Operation],
        true,
      ).newDocument;
    } catch (error) {
      const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
      throw refuse(
        `operation ${i} (${operation.op} ${operation.path}) does not fit what is there: ${why}`,
        operation.path,
      );
    }
  }
}

const refuse = (what: string, path?: string): ResourceError =>
  new ResourceError("VALIDATION", what, { ...(path !== undefined && { paths: [path] }) });
