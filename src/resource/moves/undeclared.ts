import { placeAt, placesOf } from "../../diff/place.ts";
import type { Code, ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Pointer, type Props, covers, valueAt } from "../../json.ts";
import type { Context } from "../context.ts";
import { refusedPlacesIn } from "./refused-paths.ts";

type Subject = Pick<Context["call"], "facts" | "desired">;

/**
 * The patch with what a refusal complains of taken out of the resource, for one more try: values that no script states
 * and that the service itself has put there, but does not take back (cdk-real-drift #481, awscc #3243). Undefined where
 * the refusal names nothing of the kind, or something that the script states as well: then that is what is wrong.
 */
export function withoutEchoes(
  call: Subject,
  live: Props,
  patch: readonly PatchOperation[],
  { code, what }: ResourceError,
): { readonly patch: readonly PatchOperation[]; readonly paths: readonly Pointer[] } | undefined {
  if (patch.length === 0 || !isOfValues(code, what)) return undefined;
  const named = refusedPlacesIn(what, { live, desired: call.desired });
  const paths = named.filter((path) => isEcho(call, live, path) && !isTouched(patch, path));
  if (paths.length === 0 || paths.length < named.length) return undefined;
  // From the end of a list on: what goes before would move the others.
  const removals = paths.toSorted(byLaterItem).map((path) => ({ op: "remove", path }) as const);
  return { patch: [...patch, ...removals], paths };
}

/**
 * Whether a refusal is one of values. Handlers pass on what their service says of them under codes of every kind
 * (Glue's "Please do not set Max Capacity …" as GeneralServiceException, a ValidationException as InternalFailure): then
 * the words tell.
 */
const isOfValues = (code: Code, what: string): boolean =>
  code === "INVALID_REQUEST" || (passedOn.includes(code) && ofValues.test(what) && !ofRights.test(what));

const passedOn: readonly Code[] = ["HANDLER_FAILED", "UNAVAILABLE", "ACCESS_DENIED"];
const ofValues =
  /valid|constraint|not (?:allowed|permitted|supported|accepted)|unsupported|unexpected|must |cannot be|can't be|do not set|set only|only one of|exclusive|exclude each other|together with|in combination|unrecognized|unknown (?:field|key|parameter|property)|empty|malformed/i;
const ofRights = /not authorized to|is not authorized|explicit deny|identity-based policy|assume/i;

const byLaterItem = (a: Pointer, b: Pointer): number => b.localeCompare(a, "en", { numeric: true });

/** What live has, nobody states and a patch may take away. */
function isEcho({ facts, desired }: Subject, live: Props, path: Pointer): boolean {
  const place = placeAt(placesOf(facts), live, path);
  const isNeeded = [...(facts.required ?? []), ...(facts.primaryIdentifier ?? [])].some((one) =>
    covers(one, path),
  );
  const isStated = valueAt(desired, path) !== undefined;
  return valueAt(live, path) !== undefined && !isStated && !isNeeded && !place.readOnly && !place.fixed;
}

const isTouched = (patch: readonly PatchOperation[], path: Pointer): boolean =>
  patch.some((operation) => covers(path, operation.path) || covers(operation.path, path));
