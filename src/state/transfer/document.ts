import { createHash } from "node:crypto";
import type { Entry } from "../../entry.ts";
import { ResourceError, UsageError, isResourceError } from "../../errors.ts";
import { inexactIn, isList, isProps } from "../../json.ts";
import { jsonText } from "../../unruly.ts";
import { entryText } from "../entry-text.ts";
import { checkId } from "../name.ts";
import { entryFrom } from "../parse.ts";
import type { StageName, StageState } from "../store.ts";
import { type Entries, readWhole, replaceEntries } from "./replace-entries.ts";

/** A stage as one document: what `state pull` writes and `state push` reads. */
export interface StageDocument extends StageName {
  readonly kind: "await-aws stage";
  readonly version: 1;
  /** What the stage had recorded when it was pulled, as a digest: by it a push tells whether it has gone on since. */
  readonly serial: string;
  readonly entries: readonly Entry[];
}

/** Reads a whole stage as a document. */
export async function pullStage(state: StageState, { app, stage }: StageName): Promise<StageDocument> {
  const entries = await readWhole(state);
  return {
    kind: "await-aws stage",
    version: 1,
    app,
    stage,
    serial: serialOf(entries),
    entries: inOrder(entries),
  };
}

/** The text of a document. */
export const documentText = (document: StageDocument): string => `${jsonText(document, 2)}\n`;

const inOrder = (entries: Entries): readonly Entry[] =>
  [...entries.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** SHA-256 of all that is recorded, in hex. */
const serialOf = (entries: Entries): string =>
  createHash("sha256").update(inOrder(entries).map(entryText).join("")).digest("hex");

/** Reads the text of a document; what is none, or not a whole one, is refused and names `file`. */
export function documentIn(text: string, file: string): StageDocument {
  const value = jsonIn(text, file);
  const refuse = (what: string): UsageError => new UsageError(`${file} ${what}`);
  if (!isProps(value) || value["kind"] !== "await-aws stage")
    throw refuse("is none that `await-aws state pull` writes");
  const { version, app, stage, serial, entries } = value;
  if (version !== 1) throw refuse(`is of version ${JSON.stringify(version)}: install a newer await-aws`);
  if (typeof app !== "string" || typeof stage !== "string" || typeof serial !== "string" || !isList(entries))
    throw refuse("lacks its app, stage, serial or entries");
  const whole = entries.map((one) => entryFrom(one, file));
  for (const one of whole) if (isResourceError(one)) throw one;
  const read = whole.filter((one): one is Entry => !isResourceError(one));
  requireIds(read, file);
  return { kind: "await-aws stage", version, app, stage, serial, entries: read };
}

function jsonIn(text: string, file: string): unknown {
  const number = inexactIn(text);
  if (number !== undefined) throw new UsageError(`${file} holds ${number}, a number that would be rounded`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} holds no JSON`, { cause });
  }
}

function requireIds(entries: readonly Entry[], file: string): void {
  const ids: string[] = [];
  for (const { id } of entries) {
    if (ids.includes(id)) throw new UsageError(`${file} has ${JSON.stringify(id)} twice`);
    const fault = checkId(id, ids);
    if (fault) throw fault;
    ids.push(id);
  }
}

/** What a push changes. */
export interface Pushed {
  readonly written: number;
  readonly removed: number;
}

/**
 * Makes what a stage has recorded what the document says, or nothing. Whoever does so holds the stage. A stage that has
 * gone on since it was pulled is refused, unless `isForced`; one that never had anything takes whatever it gets.
 */
export async function pushStage(
  state: StageState,
  document: StageDocument,
  { isForced = false }: { readonly isForced?: boolean } = {},
): Promise<Pushed> {
  const before = await readWhole(state);
  const after = new Map(document.entries.map((entry) => [entry.id, entry]));
  if (!isForced) await requireUnmoved(state, before, document);
  // What another key has digested or sealed would be of no use here.
  if (after.size > 0) await state.findKey?.(after);
  await replaceEntries(state, before, after);
  return {
    written: [...after.values()].filter((entry) => {
      const old = before.get(entry.id);
      return !old || entryText(old) !== entryText(entry);
    }).length,
    removed: [...before.keys()].filter((id) => !after.has(id)).length,
  };
}

async function requireUnmoved(state: StageState, before: Entries, { serial }: StageDocument): Promise<void> {
  if (serialOf(before) === serial) return;
  const isNew = before.size === 0 && ((await state.runs?.names()) ?? []).length === 0;
  if (isNew) return;
  throw new ResourceError(
    "STATE_UNWRITABLE",
    "the stage has gone on since this was pulled: pushed, it would go backwards",
    {
      advice:
        "Pull it again and make the change there, or pass --force to lose what was recorded since. Nothing was written.",
    },
  );
}
