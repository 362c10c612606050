import type { Props } from "../../json.ts";
import type { OptionNames } from "../../known-options.ts";
import { currentScope } from "../../scope/ambient.ts";
import { answerQuestion, namedBy, outputsIn, placeOptions, readNamed, withRegistry } from "./context.ts";
import type { CallOptions, ResourceOptions } from "../call/options.ts";
import { requireFit, sendDraft, sendUpdate } from "./send.ts";

/** How a write outside any declaration is made. */
export type DirectOptions = CallOptions &
  Pick<ResourceOptions, "typeVersionId" | "timeout" | "warnAfter" | "cancelOnAbort">;

const takes: OptionNames<DirectOptions> = {
  ...placeOptions,
  typeVersionId: true,
  timeout: true,
  warnAfter: true,
  cancelOnAbort: true,
};

/**
 * Brings an existing resource to have these properties, whoever made it, and resolves with it; what is not given stays
 * as it is. Records nothing, so that what is cut off here is not resumed.
 */
export function update(
  type: string,
  identifier: string | Props,
  props: Props,
  options: DirectOptions = {},
): Promise<Props> {
  const question = { scope: currentScope(), name: "update", type, given: props, options, takes };
  return answerQuestion(question, async (asked) => {
    const context = await withRegistry(asked);
    requireFit(context);
    const found = await readNamed(context, identifier);
    return outputsIn(context, await sendUpdate(context, found), context.call.desired);
  });
}

/** Deletes a resource, whoever made it, and resolves once it is gone; one that is not there is. Records nothing. */
export function remove(type: string, identifier: string | Props, options: DirectOptions = {}): Promise<void> {
  const question = { scope: currentScope(), name: "delete", type, options, takes };
  return answerQuestion(question, async (context) => {
    await sendDraft(context, { operation: "DeleteResource", identifier: namedBy(context, identifier) });
  });
}
