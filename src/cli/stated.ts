import { UsageError } from "../errors.ts";
import { readFileSync } from "node:fs";

/** The name that a script certainly gives its app: plain text, in a statement at the top that stands under no condition. */
export function nameIn(text: string): string | undefined {
  const calls = text.matchAll(
    /^(?:(?:export )?(?:const|let|var) [^=\n]*= *)?await (?:app|reconcile)\(\s*(["'`])([^"'`\\$\n]+)\1/gm,
  );
  const names = [...new Set([...calls].map(([, , name]) => name))];
  return names.length === 1 ? names[0] : undefined;
}

/**
 * The flags of a command that runs no script, with the stage that the script's text states where none is told. One
 * that it computes is a UsageError: what is recorded under another stage would be deleted or compared for it.
 */
export function withStatedStage<F extends { readonly stage?: string }>(
  flags: F,
  script: string | undefined,
): F {
  if (flags.stage !== undefined || script === undefined) return flags;
  const stated = [...new Set(stagesIn(readFileSync(script, "utf8")))];
  const [stage] = stated;
  if (stated.length > 1 || stage === null)
    throw new UsageError(`${script} states its stage in a way that only running it would tell: pass --stage`);
  return stage === undefined ? flags : { ...flags, stage };
}

/** What each app() and reconcile() of a text says of its stage: its text, null where it is computed, undefined where it says nothing. */
function stagesIn(text: string): (string | null | undefined)[] {
  const code = withoutComments(text);
  return [...code.matchAll(/(?<![\w.$]|function )(app|reconcile)\(/g)].map(({ 0: call, 1: name, index }) =>
    stageOf(argumentsFrom(code, index + call.length), name === "app"),
  );
}

function stageOf(given: string, isApp: boolean): string | null | undefined {
  const literal = /\bstage\s*:\s*(["'`])([^"'`\\$\n]+)\1\s*(?=[,}\n])/.exec(given)?.[2];
  if (literal !== undefined) return literal;
  if (/\bstage["'`]?\]?\s*[:,}]/.test(given)) return null;
  // What comes from elsewhere may hold one.
  const options = given.slice(given.indexOf(",") + 1).trim();
  const isElsewhere =
    isApp && given.includes(",") && options !== "" && (!options.startsWith("{") || options.includes("..."));
  return isElsewhere ? null : undefined;
}

/** The text of a call's arguments, up to the bracket that closes them. */
function argumentsFrom(code: string, start: number): string {
  let depth = 1;
  for (let at = start; at < code.length; at += 1) {
    const char = code.charAt(at);
    if ("([{".includes(char)) depth += 1;
    if (")]}".includes(char)) depth -= 1;
    if (depth === 0) return code.slice(start, at);
  }
  return code.slice(start);
}

/** Texts stay as they are: an address in one is no comment. */
const withoutComments = (text: string): string =>
  text.replaceAll(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[^]*?\*\//g,
    "$1",
  );
