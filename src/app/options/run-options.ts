import type { AllowDelete, Listener } from "../../events.ts";
import type { Check } from "../../scope/check.ts";
import type { Duration } from "./duration-in.ts";
import type { PlanFile } from "./plan-file.ts";
import { UsageError } from "../../errors.ts";
import { type OptionNames, requireKnownOptions } from "../../known-options.ts";
import type { StateStore } from "../../state/store.ts";

/**
 * What a run may be told, by its program or its door. Users compile this file with their scripts: it must lead to no
 * declaration of the AWS SDK.
 */
export interface RunOptions {
  /** A second life of the same program, kept apart in state. Default: `AWAIT_AWS_STAGE`, else `dev`. */
  readonly stage?: string | undefined;
  /**
   * Where entries are kept: a store, or the name of one, `s3://bucket/prefix?region=…` or a folder. Default: what
   * `AWAIT_AWS_STATE` names, else `state/` beside the nearest package.json.
   */
  readonly store?: StateStore | string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** One endpoint for every AWS API, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint?: string | undefined;
  /** Takes over what exists, for every resource that does not say otherwise. */
  readonly adopt?: boolean | undefined;
  /** Permits replacements that would lose the old resource, for every resource that does not say otherwise. */
  readonly allowReplace?: boolean | undefined;
  /**
   * Permits a finalizing run to delete orphans that hold data (tables, buckets, databases, keys); otherwise each is
   * `DELETE_REFUSED`. A function is asked once, with the deletions that would lose something. Default false.
   */
  readonly allowDelete?: AllowDelete | undefined;
  /**
   * Lets a destroy leave protected resources alone, and what they need, and delete the rest; otherwise a destroy that
   * meets one is refused whole. Default false.
   */
  readonly keepProtected?: boolean | undefined;
  /** Reads every resource even when nothing has changed in the script; `missing` only looks whether it is still there. */
  readonly refresh?: boolean | "missing" | undefined;
  /**
   * Tags for every resource that has tags, under those that it declares itself, by key: `{ team: "shop" }`. They go with
   * those of `AWAIT_AWS_TAGS`, over which they prevail. A resource goes without them by its option `tags: false`.
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /**
   * Is asked about every change (also deletions, adoptions and replacements) before anything of it is sent, in plan and
   * deploy alike; what it returns refuses the change as `REFUSED`. A deploy of reconcile() is planned first, so that all
   * refusals are told at once and nothing is sent. Several hold together, those of the run and of a program that joins.
   */
  readonly check?: Check | readonly Check[] | undefined;
  /** The only ids to work on; the others are left as they are recorded, and no other orphan is deleted. */
  readonly targets?: readonly string[] | undefined;
  /** The ids to replace now, as the option `replace` of each. */
  readonly replace?: readonly string[] | undefined;
  /** The ids to forget rather than delete, as the option `retain` of each. */
  readonly retain?: readonly string[] | undefined;
  /** The accounts (twelve digits) that may be written to; any other is `WRONG_ACCOUNT` before the first write. */
  readonly allowedAccounts?: readonly string[] | undefined;
  /** Also tells what live has at places that the script does not state. */
  readonly unmanaged?: boolean | undefined;
  /** A plan made before, as its run reported it: whatever differs from it is `PLAN_MISMATCH` and stops the run. */
  readonly plan?: Pick<PlanFile, "app" | "stage" | "changes"> | undefined;
  /**
   * `live` asks CloudFormation's registry for a type before the first update or adoption of one in a run, and keeps
   * the answer for a week; `bundled` never asks. Default `live`.
   */
  readonly schemas?: "live" | "bundled" | undefined;
  /** How long the whole run may take, in ms; then it is stopped as `signal` stops it. */
  readonly timeout?: number | undefined;
  /**
   * For how long a stage that another run holds is waited for, in ms or as text such as `"5m"`; then the run ends with
   * `LOCKED`. An event tells for whom it waits. By default it does not wait. A plan takes no lock.
   */
  readonly lockTimeout?: Duration | undefined;
  /** How many runs the history of the stage keeps, this one included; 0 keeps none of this run. Default 100. */
  readonly history?: number | undefined;
  /** After how long, in ms, an operation that is still under way is told of as a warning. Default: never. */
  readonly warnAfter?: number | undefined;
  /** For how long, in ms, a stopped run goes on following what is under way. Default 120 000. */
  readonly grace?: number | undefined;
  /** Asks AWS to cancel what is under way when the run is stopped; what AWS then says is recorded. Default false. */
  readonly cancelOnAbort?: boolean | undefined;
  /** HTTP requests in flight at a time, 1 or more. Default 100. */
  readonly concurrency?: number | undefined;
  /** Hears everything that happens. */
  readonly onEvent?: Listener | undefined;
  /** Starts nothing new once it aborts; what is under way is settled and recorded. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of a run by name, for whoever refuses others. */
export const runOptionNames: OptionNames<RunOptions> = {
  adopt: true,
  allowDelete: true,
  allowReplace: true,
  allowedAccounts: true,
  cancelOnAbort: true,
  check: true,
  concurrency: true,
  endpoint: true,
  grace: true,
  history: true,
  keepProtected: true,
  lockTimeout: true,
  onEvent: true,
  plan: true,
  profile: true,
  refresh: true,
  region: true,
  replace: true,
  retain: true,
  schemas: true,
  signal: true,
  stage: true,
  store: true,
  tags: true,
  targets: true,
  timeout: true,
  unmanaged: true,
  warnAfter: true,
};

const yesOrNo = [
  "adopt",
  "allowReplace",
  "allowDelete",
  "keepProtected",
  "unmanaged",
  "cancelOnAbort",
] as const;

/**
 * Refuses options that do not exist, and what is neither yes nor no where that is asked: an object of finer options, as
 * a resource's `adopt` takes one, or the text "false" would pass for a yes. `of` is what was called.
 */
export function requireRunOptions(
  of: string,
  given: RunOptions,
  known: Readonly<Record<string, true>>,
): void {
  requireKnownOptions(of, given, known);
  requireStore(of, given.store);
  for (const name of yesOrNo) {
    const value: unknown = given[name];
    const isFitting = typeof value === "boolean" || (name === "allowDelete" && typeof value === "function");
    if (value === undefined || isFitting) continue;
    const also = name === "allowDelete" ? " or a function" : "";
    const hint =
      name === "adopt" && typeof value === "object" ? "; what is finer stands in a resource's own adopt" : "";
    throw new UsageError(`${name} of ${of} takes true or false${also}, not ${JSON.stringify(value)}${hint}`);
  }
}

/** What is no store would fail at its first use, which may come after something was sent. */
function requireStore(of: string, store: unknown): void {
  const isStore = typeof store === "object" && store !== null && "open" in store;
  if (store === undefined || isStore || (typeof store === "string" && store.trim() !== "")) return;
  throw new UsageError(
    `store of ${of} takes a store, or the name of one ("s3://bucket/prefix", a folder), not ${JSON.stringify(store) ?? typeof store}`,
  );
}
