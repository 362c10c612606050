import { styleText } from "node:util";
import type { Change, Event, Listener, Move, PatchOperation } from "../events.ts";

type Style = Parameters<typeof styleText>[0];

const symbols: Readonly<
  Record<Move, { readonly sign: string; readonly word: string; readonly style: Style }>
> = {
  nothing: { sign: "=", word: "unchanged", style: "dim" },
  create: { sign: "+", word: "created", style: "green" },
  adopt: { sign: ">", word: "adopted", style: "cyan" },
  update: { sign: "~", word: "updated", style: "yellow" },
  replace: { sign: "±", word: "replaced", style: "magenta" },
  delete: { sign: "-", word: "deleted", style: "red" },
  forget: { sign: "-", word: "forgotten", style: "dim" },
};

/** Environment variables that decide on colour. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Writes one line for every change, and one for whatever keeps a user waiting. Unchanged resources are not mentioned. */
export function lines(write: (text: string) => void, environment: Environment): Listener {
  const colour = wantsColour(environment);
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return (event) => {
    // Names and messages are not ours: spelled out, a control character in them cannot steer the terminal.
    const text = lineOf(event, paint)?.replace(control, (found) =>
      colour && found.length > 1 ? found : spelled(found),
    );
    if (text !== undefined) write(`${text}\n`);
  };
}

/** NO_COLOR and FORCE_COLOR as everywhere; otherwise colour is for terminals. */
function wantsColour({ NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return process.stderr.isTTY && TERM !== "dumb";
}

// The colours that paint puts in, or any one control character that does not end a line.
const control = new RegExp(`${String.fromCharCode(27)}\\[\\d+m|[^\\P{Cc}\\n]`, "gu");

const spelled = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}${character.slice(1)}`;

type Paint = (style: Style, text: string) => string;

function lineOf(event: Event, paint: Paint): string | undefined {
  switch (event.name) {
    case "done":
      return event.change.move === "nothing" ? undefined : changeLine(event.change, paint);
    case "failed":
      return `${paint("red", "!")} ${event.id}  ${event.type}  failed: ${event.change.error?.message ?? "no word of why"}`;
    case "retry":
      return paint(
        "dim",
        `  ${event.id}  ${event.reason}: retry ${event.attempt} in ${seconds(event.waitMs)}`,
      );
    case "warning":
      return `${paint("yellow", "?")} ${event.id}  ${event.message}`;
    case "notice":
      return `${paint("yellow", "?")} ${event.message}`;
    case "planned":
    case "started":
    case "progress":
    case "call":
      return undefined;
  }
}

function changeLine(change: Change, paint: Paint): string {
  const { sign, word, style } = symbols[change.move];
  const identifier = change.identifier === undefined ? "" : `  ${change.identifier}`;
  const took = paint("dim", `(${seconds(change.durationMs)})`);
  const head = `${paint(style, sign)} ${change.id}  ${change.type}  ${word}${identifier}  ${took}`;
  return [
    head,
    ...(change.patch ?? []).map((operation) => paint("dim", `    ${operationLine(operation)}`)),
  ].join("\n");
}

/** One operation of a patch as a person reads it, e.g. `replace /Name "b"`; long values are cut. */
function operationLine(operation: PatchOperation): string {
  const value = "value" in operation ? ` ${JSON.stringify(operation.value)}` : "";
  const text = `${operation.op} ${operation.path}${value}`;
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
