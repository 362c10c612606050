import { UsageError } from "../../errors.ts";
import { parseArgs } from "node:util";
import { nearest } from "../../nearest.ts";
import type { RunOptions } from "./run-options.ts";

/** What a plain script was told when it was started, e.g. `npx tsx deploy.ts --plan --stage prod`. */
export interface Flags {
  readonly phase: "deploy" | "plan" | "destroy";
  readonly isConfirmed: boolean;
  readonly options: Pick<RunOptions, "adopt" | "allowDelete" | (typeof valued)[number]>;
}

/** Reads the flags that plain scripts honour, strictly; whatever else stands there is the script's own. */
export function flagsIn(args: readonly string[]): Flags {
  for (const flag of strangersIn(args)) requireForeign(flag);
  const given = ownIn(args);
  for (const flag of given) requireSound(flag);
  const has = (name: string): boolean => given.some((flag) => flag.name === name);
  if (has("plan") && has("destroy")) throw new UsageError("--plan and --destroy exclude each other");
  const valueOf = (name: string): string | undefined => given.findLast((flag) => flag.name === name)?.value;
  const values = valued.map((name) => [name, valueOf(name)] as const);
  return {
    phase: has("plan") ? "plan" : has("destroy") ? "destroy" : "deploy",
    isConfirmed: has("yes"),
    options: {
      ...Object.fromEntries(values.filter(([, value]) => value !== undefined)),
      ...(has("adopt") && { adopt: true }),
      ...(has("allow-delete") && { allowDelete: true }),
    },
  };
}

/** Refuses to plan or to destroy where no app() is there to do it. */
export function requireDeploy({ phase }: Flags): void {
  if (phase === "deploy") return;
  throw new UsageError(
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

/** The flags that take a value. */
const valued = ["stage", "region", "profile", "endpoint", "store"] as const;

const options = {
  plan: { type: "boolean" },
  destroy: { type: "boolean" },
  stage: { type: "string" },
  region: { type: "string" },
  profile: { type: "string" },
  endpoint: { type: "string" },
  store: { type: "string" },
  adopt: { type: "boolean" },
  "allow-delete": { type: "boolean" },
  yes: { type: "boolean", short: "y" },
} as const;

/** A flag that swallows another, or goes without what it needs, would deploy what was never asked for. */
function requireSound({ name, value }: Flag): void {
  if (valued.some((one) => one === name)) {
    if (value === undefined || value === "" || value.startsWith("--"))
      throw new UsageError(`--${name} takes ${valueWordOf(name)}${value ? `, not ${value}` : ""}`);
    return;
  }
  if (value !== undefined) throw new UsageError(`--${name} takes no value; given was ${value}`);
}

const valueWordOf = (name: string): string =>
  name === "endpoint"
    ? "a URL"
    : name === "store"
      ? "s3://bucket/prefix or a folder"
      : `the name of a ${name}`;

/** What people write who want nothing to be done yet, and what means so here. */
const rehearsals = "dry-run dry dryrun preview diff check noop no-op what-if whatif simulate".split(" ");

/** Flags of the command line that change what a run does, and that no plain script heeds. */
const onlyThere =
  "app target replace retain account refresh allow-replace allow-delete keep-protected lock-timeout accept repair tag".split(
    " ",
  );

const asks = ["help", "version"];

/** The names of flags that are not ours, with one dash or two, before any `--`. */
function strangersIn(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).flatMap((arg) => {
    const [, dashes, name] = /^(--?)([A-Za-z][^=]*)/.exec(arg) ?? [];
    if (name === undefined || (dashes === "--" && Object.hasOwn(options, name))) return [];
    return [name];
  });
}

/** Refuses what looks like a flag of ours: passed over as the script's own, it would let it deploy what was not to be. */
function requireForeign(name: string): void {
  if (name === "y") return;
  const meant = meaningOf(name);
  if (meant === undefined) return;
  const dashes = name.length === 1 ? "-" : "--";
  throw new UsageError(
    `${dashes}${name} is no flag of a plain script${meant}. Nothing was done; flags of the script's own that look so stand behind --`,
  );
}

function meaningOf(name: string): string | undefined {
  const plain = plainOf(name);
  if (name === "h" || asks.includes(plain))
    return ", which takes --plan, --destroy, --yes, --adopt, --stage, --store, --region, --profile and --endpoint";
  if (rehearsals.includes(plain)) return ": did you mean --plan?";
  if (onlyThere.includes(plain)) return `: \`await-aws deploy\` takes it`;
  if (name.length < 3) return undefined;
  const near = nearFlag(plain);
  if (near === undefined) return undefined;
  return `: did you mean --${rehearsals.includes(near) ? "plan" : near}?`;
}

const plainOf = (name: string): string => name.toLowerCase().replaceAll("_", "-").replace(/^no-/, "");

const nearFlag = (plain: string): string | undefined =>
  nearest(plain, [
    ...Object.keys(options),
    ...rehearsals.filter((word) => word.length > 5),
    ...asks,
    ...onlyThere,
  ]);

/** The options of reconcile() that flags would set, by the flag; the name of its app it always has. */
const optionOf: Readonly<Record<string, keyof RunOptions | "phase">> = {
  plan: "phase",
  destroy: "phase",
  "allow-delete": "allowDelete",
  "allow-replace": "allowReplace",
  "keep-protected": "keepProtected",
  "lock-timeout": "lockTimeout",
  target: "targets",
  account: "allowedAccounts",
  tag: "tags",
  ...Object.fromEntries(
    ["stage", "region", "profile", "endpoint", "store", "adopt"].map((name) => [name, name]),
  ),
  ...Object.fromEntries(["replace", "retain", "refresh"].map((name) => [name, name])),
};

/**
 * Refuses flags of ours, or nearly so, beside a reconcile() that reads none: passed over, `--dry-run` or `--stage prod`
 * would deploy what was not to be, or elsewhere. What the script states itself it may have read from its flags.
 */
export function requireHeeded(
  args: readonly string[],
  stated: RunOptions & { readonly phase?: unknown },
): void {
  const strangers = strangersIn(args).map((name) => ({ name, meant: flagMeantBy(name) }));
  for (const { name, meant } of [...ownIn(args).map(({ name }) => ({ name, meant: name })), ...strangers]) {
    const option = meant === undefined ? undefined : optionOf[meant];
    const isPassed = option === undefined ? meant !== "help" : stated[option] !== undefined;
    if (isPassed) continue;
    const dashes = name.length === 1 ? "-" : "--";
    const hint = meant === name || meant === "help" ? "" : ` (did you mean --${meant}?)`;
    throw new UsageError(
      `${dashes}${name} is no flag of a script that calls reconcile()${hint}: ` +
        (option === undefined ? "it takes options alone" : `state the option ${option} there`) +
        `, or run it by \`await-aws\`. Nothing was done; flags of the script's own that look so stand behind --`,
    );
  }
}

/** The flag that is meant by one that is not ours; `help` for a question; undefined for the script's own. */
function flagMeantBy(name: string): string | undefined {
  const plain = plainOf(name);
  if (name === "h" || asks.includes(plain)) return "help";
  if (rehearsals.includes(plain)) return "plan";
  if (onlyThere.includes(plain)) return plain;
  const near = name.length < 3 ? undefined : nearFlag(plain);
  if (near === undefined) return undefined;
  return rehearsals.includes(near) ? "plan" : asks.includes(near) ? "help" : near;
}
