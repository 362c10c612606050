import { UsageError } from "../errors.ts";
import { type Json, type Props, isProps } from "../json.ts";
import { jsonText } from "../unruly.ts";
import { onOneLine } from "./spell-unruly.ts";
import { nameText } from "./value-text.ts";

/** The recorded outputs of one resource; what is secret is masked. */
export interface ShownOutputs {
  readonly id: string;
  readonly type: string;
  readonly outputs: Props;
}

/** Outputs as people read them: a block a resource. */
export const outputsText = (all: readonly ShownOutputs[]): string =>
  all
    .map(({ id, type, outputs }) =>
      [
        `${onOneLine(id)}  ${onOneLine(type)}`,
        ...Object.entries(outputs).map(
          ([name, value]) => `    ${nameText(name)}: ${onOneLine(textOf(value))}`,
        ),
      ].join("\n"),
    )
    .join("\n");

const textOf = (value: Json): string => (typeof value === "string" ? value : jsonText(value));

/** Outputs as lines that a shell reads: what is masked is left out, for nobody could tell it from a value. */
export interface ShellLines {
  readonly text: string;
  /** What was left out, e.g. `db.MasterUserPassword`. */
  readonly hidden: readonly string[];
}

/**
 * Outputs as assignments for `sh`, e.g. `ORDERS_QUEUE_URL='https://…'`: the id and the name of each property in
 * capitals, lists and objects as JSON. Names that would be the same are a UsageError.
 */
export function shellLines(all: readonly ShownOutputs[], mask: string): ShellLines {
  const fields = all.flatMap(({ id, outputs }) =>
    Object.entries(outputs).map(([property, value]) => ({
      from: `${id}.${property}`,
      name: variableOf(id, property),
      text: typeof value === "string" ? value : JSON.stringify(value),
    })),
  );
  const shown = fields.filter(({ text }) => !text.includes(mask));
  const fromOf = new Map<string, string>();
  for (const { name, from } of shown) {
    const other = fromOf.get(name);
    if (other !== undefined)
      throw new UsageError(`${from} and ${other} would both be ${name}: name one id, or take --json`);
    fromOf.set(name, from);
  }
  return {
    text: shown.map(({ name, text, from }) => `${name}=${quote(text, from)}\n`).join(""),
    hidden: fields.filter((field) => !shown.includes(field)).map(({ from }) => from),
  };
}

/** A name of letters, digits and underscores that begins with none of the digits. */
function variableOf(id: string, property: string): string {
  const words = property.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2");
  const name = `${id}_${words}`.replace(/[^A-Za-z\d]/g, "_").toUpperCase();
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Between single quotes every character stands for itself, https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
function quote(text: string, from: string): string {
  if (text.includes("\0")) throw new UsageError(`${from} holds a NUL, which no variable can: take --json`);
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Outputs by id, as JSON. */
export const outputsJson = (all: readonly ShownOutputs[]): Props =>
  Object.fromEntries(all.map(({ id, outputs }): [string, Json] => [id, isProps(outputs) ? outputs : {}]));
