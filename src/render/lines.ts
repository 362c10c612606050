import { type Change, type Event, type Listener, isTrace } from "../events.ts";
import { duration } from "../report/duration.ts";
import { messageOf } from "./failure-text.ts";
import { wordings } from "./moves.ts";
import { type ValueWriter, differenceText, operationText } from "./operation-text.ts";
import { traceText } from "./trace-text.ts";
import { onOneLine, spellUnruly } from "./spell-unruly.ts";
import { type Environment, type Style, type Target, styleFor, plainStyle } from "./style.ts";

/** Writes one line for every change, and one for whatever keeps a user waiting. Unchanged resources are not mentioned. */
export function lines(
  write: (text: string) => void,
  environment: Environment,
  target: Target = process.stderr,
): Listener {
  const style = styleFor(target, environment);
  return (event) => {
    const text = lineOf(event, style);
    if (text !== undefined) write(`${text}\n`);
  };
}

/** The line that tells of an event, or undefined where it is not worth one. */
export function lineOf(event: Event, style: Style): string | undefined {
  if (isTrace(event)) return style("dim", traceText(event));
  switch (event.name) {
    case "done":
      return event.change.move === "nothing" ? undefined : changeLine(event.change, style);
    case "planned":
      return event.change.move === "nothing" ? undefined : plannedLine(event.change, style);
    case "failed": {
      const { error } = event.change;
      const message = error === undefined ? "no word of why" : messageOf(error, event);
      return `${style("red", "!")} ${nameOf(event)}  failed: ${message}`;
    }
    case "retry": {
      const when = `retry ${event.attempt} in ${duration(event.waitMs)}`;
      return style("dim", `  ${onOneLine(event.id)}  ${spellUnruly(event.reason)}: ${when}`);
    }
    case "warning":
      return `${style("yellow", "?")} ${onOneLine(event.id)}  ${spellUnruly(event.message)}`;
    case "notice":
      return `${style("yellow", "?")} ${spellUnruly(event.message)}`;
    case "started":
    case "step":
    case "progress":
    case "call":
      return undefined;
  }
}

const nameOf = ({ id, type }: Pick<Change, "id" | "type">): string => `${onOneLine(id)}  ${onOneLine(type)}`;

const identifierIn = ({ identifier }: Change): string =>
  identifier === undefined ? "" : `  ${onOneLine(identifier)}`;

function changeLine(change: Change, style: Style): string {
  const { sign, done, format } = wordings[change.move];
  const took = style("dim", `(${duration(change.durationMs)})`);
  return withPatch(
    `${style(format, sign)} ${nameOf(change)}  ${done}${identifierIn(change)}  ${took}`,
    change,
    style,
  );
}

function plannedLine(change: Change, style: Style): string {
  const { sign, done, format } = wordings[change.move];
  return withPatch(
    `${style(format, sign)} ${nameOf(change)}  would be ${done}${identifierIn(change)}`,
    change,
    style,
  );
}

/** The change with what it does and, where it replaces, with its reasons as the plan tells them. */
const withPatch = (head: string, { patch = [], because = [], move }: Change, style: Style): string =>
  [
    head,
    ...[
      ...patch.flatMap((operation) => cutLines(operationText(operation, writing))),
      ...(move === "replace" ? because : []).flatMap((reason) =>
        cutLines(`${differenceText(reason, writing)}  forces replacement`),
      ),
    ].map((line) => style("dim", `    ${line}`)),
  ].join("\n");

const writing: ValueWriter = {
  was: JSON.stringify,
  will: JSON.stringify,
  frame: { style: plainStyle, lines: 20 },
};

/** One operation or reason, e.g. `Name: "a" → "b"`, or a few lines of a difference; long ones are cut. */
const cutLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map(onOneLine)
    .map((text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text));
