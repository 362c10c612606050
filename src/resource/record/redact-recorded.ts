import type { Entry } from "../../entry.ts";
import { isResourceError } from "../../errors.ts";
import { equal, valueAt } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import type { Journal } from "../../scope/journal.ts";
import type { Records } from "../../scope/scope.ts";
import { type Texts, pointersTo, redactProps } from "../secrets/redact.ts";
import { digestOf } from "./digests.ts";
import { dropAt } from "./prior.ts";

/**
 * Takes out of what is recorded already whatever a later call has named secret: a digest stays, and a mask. What calls
 * of one turn name is looked for once, for all of them.
 */
export async function redactRecorded(journal: SecretTexts, records: Records): Promise<void> {
  const texts = [...journal.confidential].filter((text) => !journal.redacted.has(text));
  for (const text of texts) journal.redacted.add(text);
  await redactTexts(records, new Set(texts));
}

/** Whether calls have named secrets for which nothing has been looked through. Both only grow, the latter out of the former. */
export const hasNewSecrets = ({ confidential, redacted }: SecretTexts): boolean =>
  redacted.size !== confidential.size;

type SecretTexts = Pick<Journal, "confidential" | "redacted">;

async function redactTexts(records: Records, texts: Texts): Promise<void> {
  for (const entry of records.all().values()) {
    if (isResourceError(entry)) continue;
    const next = redactEntry(entry, texts, records.key);
    if (next) await records.put(next);
  }
}

function redactEntry(entry: Entry, texts: Texts, key: Uint8Array): Entry | undefined {
  const told = pointersTo(entry.desired, texts);
  const live = redactProps(entry.live, texts, bundledFacts(entry.type)?.readOnly);
  if (told.length === 0 && equal(live, entry.live)) return undefined;
  const digests = told.map((at) => [at, digestOf(key, valueAt(entry.desired, at) ?? null)]);
  return {
    ...entry,
    desired: told.reduce(dropAt, entry.desired),
    digests: { ...entry.digests, ...Object.fromEntries(digests) },
    live,
  };
}
