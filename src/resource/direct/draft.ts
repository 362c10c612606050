import type { Found } from "../../cloudcontrol/protocol.ts";
import { checkedPatch } from "../../diff/check-patch.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Json, type Props, pointerOf, valueAt } from "../../json.ts";
import type { OptionNames } from "../../known-options.ts";
import { refusal } from "../../schema/validate.ts";
import { currentScope } from "../../scope/ambient.ts";
import { checkProperties } from "../call/check-properties.ts";
import { errorsOf } from "../call/validate.ts";
import type { Draft } from "../moves/request.ts";
import { planAdoption } from "../decide/adoption.ts";
import { type Context, warn } from "../context.ts";
import { answerQuestion, namedBy, outputsIn, placeOptions, readNamed, withRegistry } from "./context.ts";
import { requireFit, sendDraft } from "./send.ts";
import type { DirectOptions } from "./write.ts";

/** A write that has been checked and not been sent. */
export interface PreparedWrite {
  readonly type: string;
  readonly draft: Draft;
  /** Sends it and resolves with what is there then; undefined for what was deleted. Records nothing. */
  send(): Promise<Props | undefined>;
}

/** What is to be done to one resource. */
export type Change =
  | { readonly operation: "create"; readonly props: Props }
  /** `null` takes a property away. */
  | {
      readonly operation: "update";
      readonly identifier: string;
      readonly props: Readonly<Record<string, Json>>;
    }
  | { readonly operation: "patch"; readonly identifier: string; readonly patch: Json }
  | { readonly operation: "delete"; readonly identifier: string };

const takes: OptionNames<DirectOptions> = {
  ...placeOptions,
  typeVersionId: true,
  timeout: true,
  warnAfter: true,
  cancelOnAbort: true,
};

/** Checks a write outside any declaration as far as can be told before it is sent; an update reads what is there. */
export function prepareWrite(
  type: string,
  change: Change,
  options: DirectOptions = {},
): Promise<PreparedWrite> {
  const given =
    change.operation === "create" || change.operation === "update" ? withoutNulls(change.props) : {};
  const question = { scope: currentScope(), name: change.operation, type, given, options, takes };
  return answerQuestion(question, async (asked) => {
    const context = await withRegistry(asked);
    const { draft, found } = await draftOf(context, change);
    const send = (): Promise<Props | undefined> =>
      answerQuestion(question, async () => {
        const now = await sendDraft(context, draft, found);
        return now && outputsIn(context, now, context.call.desired);
      });
    return { type, draft, send };
  });
}

const withoutNulls = (props: Props): Props =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== null));

interface Drafted {
  readonly draft: Draft;
  /** What is there before it. */
  readonly found?: Found;
}

async function draftOf(context: Context, change: Change): Promise<Drafted> {
  if (change.operation === "create") {
    const { scope, call } = context;
    const errors = errorsOf(scope, call);
    if (errors.length > 0) throw refusal(errors);
    checkProperties(call.note, call.desired, (message) => warn(context, message));
    return { draft: { operation: "CreateResource", desired: call.desired } };
  }
  if (change.operation === "delete")
    return { draft: { operation: "DeleteResource", identifier: namedBy(context, change.identifier) } };
  requireFit(context);
  const found = await readNamed(context, change.identifier);
  const patch =
    change.operation === "patch"
      ? checkedPatch(context.call.facts, found.live, change.patch)
      : [...planAdoption(context, found).patch, ...removalsIn(context, found, change.props)];
  return { draft: { operation: "UpdateResource", identifier: found.identifier, patch }, found };
}

/** What is set to nothing and is there now. */
function removalsIn(
  { call }: Context,
  { live }: Found,
  props: Readonly<Record<string, Json>>,
): readonly PatchOperation[] {
  const paths = Object.keys(props)
    .filter((name) => props[name] === null)
    .map((name) => pointerOf([name]));
  const fixed = paths.find((path) =>
    [...(call.facts.required ?? []), ...(call.facts.readOnly ?? [])].includes(path),
  );
  if (fixed !== undefined)
    throw new ResourceError("VALIDATION", `${fixed} cannot be taken away: it is required, or AWS sets it`, {
      paths: [fixed],
    });
  return paths.filter((path) => valueAt(live, path) !== undefined).map((path) => ({ op: "remove", path }));
}
