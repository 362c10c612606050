import { ResourceError } from "../../errors.ts";
import { currentScope } from "../../scope/ambient.ts";
import { answerQuestion, placeOptions, withRegistry } from "./context.ts";
import { ownerTypeOf } from "../find/children.ts";
import type { CallOptions } from "../call/options.ts";

/** IAM actions such as `apigateway:GET`, by the handler that uses them: `create`, `read`, `update`, `delete`, `list`. */
export type Permissions = Readonly<Record<string, readonly string[]>>;

/** Tells what the caller must be allowed for each handler of a type, as its schema in the registry has it. */
export function permissions(type: string, options: CallOptions = {}): Promise<Permissions> {
  // A part has no handlers: what it needs is what the resource needs that it lives in.
  const question = {
    scope: currentScope(),
    name: "permissions",
    type: ownerTypeOf(type),
    options,
    takes: placeOptions,
  };
  return answerQuestion(question, async (asked) => {
    const { facts } = (await withRegistry(asked)).call;
    if (facts.permissions) return facts.permissions;
    throw new ResourceError("UNAVAILABLE", "the registry did not tell which permissions this type needs", {
      advice: "They stand in its schema: the caller needs cloudformation:DescribeType in this region.",
    });
  });
}
