import { placesOf } from "../../diff/place.ts";
import { orderOf } from "../../diff/replacement.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { Because } from "../../events.ts";
import { type Context, isForced } from "../context.ts";

/** A replacement, in the order that keeps or frees the identity. */
export interface Replacement {
  readonly move: "replace";
  readonly prior: Entry;
  readonly order: "create-first" | "delete-first";
  readonly because: readonly Because[];
}

/** A replacement for its own sake: nothing differs, so the order hangs on the identity alone. */
export const forcedReplacementOf = ({
  facts,
  desired,
}: Context["call"]): Pick<Replacement, "because" | "order"> => ({
  because: [],
  order: orderOf(facts, placesOf(facts), desired, []),
});

/** The replacement of a resource whose id has another type now; nobody does that unasked. */
export function typeChange(context: Context, prior: Entry): Replacement {
  if (!mayReplace(context)) {
    throw new ResourceError("TYPE_CHANGED", `this id is recorded as ${prior.type}`, {
      identifier: prior.identifier,
    });
  }
  // As Cloud Control calls it; no property of AWS can be meant.
  const because = [{ path: "/TypeName", from: prior.type, to: context.call.type }];
  return replacement(context, prior, { because, order: "create-first" });
}

/** Refuses a replacement that nobody has permitted and that would lose something. */
export function replacement(
  context: Context,
  prior: Entry,
  plan: { readonly because: readonly Because[]; readonly order: Replacement["order"] },
): Replacement {
  const { call, scope } = context;
  const why = plan.because
    .map(({ path, from, to }) => `${path} from ${valueText(from)} to ${valueText(to)}`)
    .join(", ");
  const circumstances = { identifier: prior.identifier, paths: plan.because.map(({ path }) => path) };
  if (prior.protect === true || call.options.protect === true) {
    throw new ResourceError(
      "PROTECTED",
      `would be replaced${inBrackets(why)} but is protected`,
      circumstances,
    );
  }
  if (plan.order === "delete-first" && isRetained(context, prior)) {
    throw new ResourceError(
      "REPLACE_REFUSED",
      `would be replaced${inBrackets(why)}, but retain keeps its name taken`,
      {
        ...circumstances,
        advice: "Take retain away, or give the new one another name.",
      },
    );
  }
  const losing = call.facts.stateful === true || (plan.order === "delete-first" && !scope.finalizes);
  if (losing && !mayReplace(context) && !isForced(context)) {
    throw new ResourceError("REPLACE_REFUSED", `changing ${why} replaces the resource`, circumstances);
  }
  return { move: "replace", prior, ...plan };
}

/** Tells whether the resource is forgotten rather than deleted: the stricter of script and entry holds. */
export const isRetained = ({ call, scope }: Pick<Context, "call" | "scope">, prior: Entry): boolean =>
  prior.retain === true ||
  call.options.retain === true ||
  scope.runOptions.retain?.includes(call.id) === true;

const mayReplace = ({ call, scope }: Context): boolean =>
  call.options.allowReplace ?? scope.runOptions.allowReplace ?? false;

const inBrackets = (why: string): string => (why === "" ? "" : ` (${why})`);

const valueText = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
