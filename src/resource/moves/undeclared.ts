import { placeAt, placesOf } from "../../diff/place.ts";
import type { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Pointer, type Props, covers, segmentsOf, valueAt } from "../../json.ts";
import type { Context } from "../context.ts";

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
  if (code !== "INVALID_REQUEST" || patch.length === 0) return undefined;
  const named = pathsIn(what, live, call.desired);
  const paths = named.filter((path) => isEcho(call, live, path) && !isTouched(patch, path));
  if (paths.length === 0 || paths.length < named.length) return undefined;
  // From the end of a list on: what goes before would move the others.
  const removals = paths.toSorted(byLaterItem).map((path) => ({ op: "remove", path }) as const);
  return { patch: [...patch, ...removals], paths };
}

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

/** The places that a refusal names: by pointer where it has some, else the properties whose names stand in it. */
function pathsIn(text: string, live: Props, desired: Props): readonly Pointer[] {
  const pointers = [...text.matchAll(/(?:#|\/properties)((?:\/[\w*~-]+)+)/g)].map(([, path = ""]) => path);
  const strays = [...text.matchAll(/(?:#((?:\/[\w~-]+)*): )?extraneous key \[([^\]]+)\]/g)].map(
    ([, parent = "", name = ""]) => `${parent}/${name}`,
  );
  const exact = strays.length > 0 ? strays : pointers;
  if (exact.length > 0) return [...new Set(exact)].filter((path) => segmentsOf(path).length > 0);
  const names = [...new Set([...Object.keys(live), ...Object.keys(desired)])];
  return names.filter((name) => isNamed(text, name)).map((name) => `/${name}`);
}

/** Services write the names of their own API, which begin small; a word inside another one is none. */
const isNamed = (text: string, name: string): boolean =>
  new RegExp(
    `(?<![\\w/.-])[${name.charAt(0)}${name.charAt(0).toLowerCase()}]${name.slice(1)}(?![\\w/-])`,
  ).test(text);
