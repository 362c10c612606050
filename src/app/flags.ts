import { parseArgs } from "node:util";
import type { RunOptions } from "./run-options.ts";

/** What a plain script was told when it was started, e.g. `npx tsx deploy.ts --plan --stage prod`. */
export interface Flags {
  readonly phase: "deploy" | "plan" | "destroy";
  readonly isConfirmed: boolean;
  readonly options: Pick<RunOptions, "stage" | "adopt">;
}

/** Reads the flags that plain scripts honour, strictly; whatever else stands there is the script's own. */
export function flagsIn(args: readonly string[]): Flags {
  const given = ownIn(args);
  for (const flag of given) requireSound(flag);
  const has = (name: string): boolean => given.some((flag) => flag.name === name);
  if (has("plan") && has("destroy")) throw new TypeError("--plan and --destroy exclude each other");
  const stage = given.findLast(({ name }) => name === "stage")?.value;
  return {
    phase: has("plan") ? "plan" : has("destroy") ? "destroy" : "deploy",
    isConfirmed: has("yes"),
    options: { ...(stage !== undefined && { stage }), ...(has("adopt") && { adopt: true }) },
  };
}

/** Refuses to plan or to destroy where no app() is there to do it. */
export function requireDeploy({ phase }: Flags): void {
  if (phase === "deploy") return;
  throw new TypeError(
    `--${phase} needs \`await app("name")\` in the script, before its first resource, or the command ` +
      `\`await-aws ${phase} deploy.ts\`: nothing was done`,
  );
}

/** One of our flags as it was given. */
interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

function ownIn(args: readonly string[]): readonly Flag[] {
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true, options });
  return tokens.flatMap((token) => {
    if (token.kind !== "option" || !Object.hasOwn(options, token.name)) return [];
    // Among letters of the script's own, a y agrees to nothing.
    const isGrouped = token.rawName === "-y" && args[token.index] !== "-y";
    return isGrouped ? [] : [{ name: token.name, value: token.value }];
  });
}

const options = {
  plan: { type: "boolean" },
  destroy: { type: "boolean" },
  stage: { type: "string" },
  adopt: { type: "boolean" },
  yes: { type: "boolean", short: "y" },
} as const;

/** A flag that swallows another, or goes without what it needs, would deploy what was never asked for. */
function requireSound({ name, value }: Flag): void {
  if (name === "stage") {
    if (value !== undefined && value !== "" && !value.startsWith("--")) return;
    throw new TypeError(`--stage takes the name of a stage${value ? `, not ${value}` : ""}`);
  }
  if (value !== undefined) throw new TypeError(`--${name} takes no value; given was ${value}`);
}
