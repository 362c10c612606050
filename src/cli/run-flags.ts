import { type Command, InvalidArgumentError } from "commander";
import { msOfText } from "../app/options/duration-in.ts";
import { type Tags, tagIn } from "../app/options/tags.ts";
import type { ReconcileOptions } from "../app/reconcile.ts";

/** The flags that every run takes, as commander reads them. */
export interface RunFlags {
  readonly stage?: string;
  readonly app?: string;
  readonly store?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly adopt?: true;
  readonly allowReplace?: true;
  readonly allowDelete?: true;
  readonly refresh?: true | "missing";
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  readonly retain?: readonly string[];
  readonly account?: readonly string[];
  readonly tag?: Tags;
  readonly check?: readonly string[];
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly lockTimeout?: number;
  readonly warnAfter?: number;
  readonly envFile?: string;
  readonly json?: true;
  readonly events?: "ndjson";
  readonly quiet?: true;
  readonly markdown?: true | string;
  readonly report?: string;
}

/** Reads a whole number from 1. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError("It takes a whole number from 1.");
}

/** Reads seconds as ms. */
export function seconds(text: string): number {
  const number = Number(text);
  if (number > 0) return number * 1000;
  throw new InvalidArgumentError("It takes seconds above 0.");
}

/** Reads seconds, or text with its unit, as ms. */
export function timeIn(text: string): number {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : msOfText(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError("It takes seconds, or a time such as 90s, 5m or 1h.");
}

/** Reads the URL of an endpoint. */
function endpointIn(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("It takes a URL such as http://127.0.0.1:4566.");
}

/** Reads the number of an account; may be repeated. */
function account(text: string, before: readonly string[] = []): string[] {
  if (/^\d{12}$/.test(text)) return [...before, text];
  throw new InvalidArgumentError("It takes the twelve digits of an account.");
}

/** Reads a tag for every resource; may be repeated. */
function tag(text: string, before: Tags = {}): Tags {
  try {
    return { ...before, ...tagIn(text, "--tag") };
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** Makes the reader of a flag that takes one word alone. */
const only =
  (word: string, otherwise: string): ((text: string) => string) =>
  (text) => {
    if (text === word) return text;
    throw new InvalidArgumentError(otherwise);
  };

/** Lets a flag be given more than once. */
export const collect = (one: string, before: readonly string[] = []): string[] => [...before, one];

/** Adds the flags that say where and as whom a command works. */
export function addPlaceFlags(command: Command): Command {
  return command
    .option("--region <name>", "AWS region; default: AWS_REGION, then the profile's")
    .option("--profile <name>", "profile of the AWS configuration files")
    .option("--endpoint <url>", "one endpoint for every AWS API, such as an emulator's", endpointIn)
    .option("--env-file <file>", "file of environment variables to read first");
}

/** The flag that says where entries are kept, of every command that reads or writes them. */
export const storeFlag = [
  "--store <place>",
  "where entries are kept: s3://bucket/prefix or a folder; default: AWAIT_AWS_STATE, else state/",
] as const;

/** What the app is where no script is run to say so. */
const unrun = "the name that the script gives at its top, else its path, else the only app recorded";

/** Adds the flags of a run; `app` says what the app is where none is named. */
export function addRunFlags(command: Command, app: string = unrun): Command {
  return addPlaceFlags(command)
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option("--app <name>", `name of the app; default: ${app}`)
    .option(...storeFlag)
    .option("--target <id>", "work on this resource alone; may be repeated", collect)
    .option("--account <digits>", "account that may be written to; may be repeated", account)
    .option("--concurrency <n>", "HTTP requests in flight at a time, 100 unless told", wholeNumber)
    .option("--timeout <seconds>", "stop the run after so long", seconds)
    .option("--lock-timeout <time>", "wait so long for a run that holds the stage, e.g. 5m", timeIn)
    .option("--warn-after <seconds>", "tell of operations that take longer", seconds)
    .option("--json", "write the report as one JSON document to stdout")
    .option(
      "--events <format>",
      "write every event to stdout as it happens: ndjson",
      only("ndjson", "It takes ndjson."),
    )
    .option("--report <file>", "write a page of it at its end, whatever that is, to open in a browser")
    .option("-q, --quiet", "show no progress");
}

/** Adds the flags of a run that declares resources. */
export function addDeployFlags(command: Command): Command {
  return addRunFlags(command, "what the script says, else its path")
    .option("--adopt", "take over what exists, for every resource that does not say otherwise")
    .option("--allow-replace", "permit replacements that lose data")
    .option("--allow-delete", "permit the deletion of what holds data and is no longer declared")
    .option("--check <file>", "file of a check that every change must pass; may be repeated", collect)
    .option("--tag <key=value>", "tag for every resource that has tags; may be repeated", tag)
    .option(
      "--refresh [what]",
      "read every resource; --refresh=missing only looks whether it is there",
      only("missing", "It takes missing or nothing."),
    )
    .option("--replace <id>", "replace this resource; may be repeated", collect)
    .option("--retain <id>", "forget this resource rather than delete it; may be repeated", collect);
}

/** The options of a run that its flags ask for. */
export function optionsOf(flags: RunFlags): ReconcileOptions {
  const { stage, store, region, profile, endpoint, adopt, allowReplace, refresh, target, account } = flags;
  const { tag: tags } = flags;
  const { allowDelete, replace, retain, concurrency, timeout, lockTimeout, warnAfter } = flags;
  const place = { stage, store, region, profile, endpoint, concurrency, timeout, lockTimeout, warnAfter };
  const runOptions = {
    adopt,
    allowReplace,
    allowDelete,
    refresh,
    replace,
    retain,
    targets: target,
    tags,
    allowedAccounts: account,
  };
  return { ...place, ...runOptions };
}
