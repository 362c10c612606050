import { ResourceError } from "../../errors.ts";
import { type Pointer, covers } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Note } from "../../services/note.ts";

/**
 * Refuses a secret where the service makes a name of it: identifiers and ARNs stand in reports, in state, in the logs
 * of AWS and in the outputs of others, and nothing can be found again under a name that nobody may keep.
 */
export function requireNoSecretName({ type, facts, note }: Names, secrets: readonly Pointer[]): void {
  if (secrets.length === 0) return;
  const names = namesOf({ type, facts, note });
  const found = secrets.find((secret) => names.some((name) => covers(name, secret) || covers(secret, name)));
  if (found === undefined) return;
  throw new ResourceError("VALIDATION", `${found} names the resource, and a name is no secret`, {
    paths: [found],
    advice: "Pass it without secret(), or give the resource another name and keep the secret in a property.",
  });
}

interface Names {
  readonly type: string;
  readonly facts: Facts;
  readonly note: Note | undefined;
}

/** The places that make the identifier, that tell the resource from others, or that are its name by their own name. */
function namesOf({ type, facts, note }: Names): readonly Pointer[] {
  const { primaryIdentifier = [], additionalIdentifiers = [], members } = facts;
  const kind = type.split("::").at(-1) ?? "";
  const isName = (property: string): boolean => {
    const [, what] = /^(.*?)(?:Name|Identifier|Id)$/.exec(property) ?? [];
    return what !== undefined && kind.toLowerCase().endsWith(what.toLowerCase()) && property !== "Id";
  };
  const natural = (note?.naturalKeys ?? []).flatMap(({ parents, keys }) => [...parents, ...keys]);
  const parts = note?.part?.identity ?? [];
  const own = Object.keys(members?.properties ?? {}).filter(isName);
  return [
    ...primaryIdentifier,
    ...additionalIdentifiers.flat(),
    ...["Name", ...natural, ...parts, ...own].map((name) => (name.startsWith("/") ? name : `/${name}`)),
  ];
}
