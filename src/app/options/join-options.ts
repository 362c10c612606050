import { UsageError } from "../../errors.ts";
import type { Check } from "../../scope/check.ts";
import type { JoinOptions, ResourceRunOptions } from "../../scope/scope.ts";
import { msIn } from "./duration-in.ts";
import type { RunOptions } from "./run-options.ts";
import { type Tags, requireSoundTags } from "./tags.ts";

/** Sorts the options of a run by who can heed them once it is under way; what is unsound is a UsageError. */
export function joinOptionsOf(options: RunOptions): JoinOptions {
  requireSoundOptions(options);
  const { region, profile, endpoint, allowedAccounts } = options;
  const { stage, store, schemas, concurrency, timeout, lockTimeout, history, onEvent, signal } = options;
  return {
    place: { region, profile, endpoint },
    runOptions: { ...resourceRunOptionsOf(options), tags: tagsOf(options), checks: checksOf(options) },
    allowedAccounts,
    apart: { stage, store, schemas, concurrency, timeout, lockTimeout, history, onEvent, signal },
  };
}

/** Each once, also where a program states the one that its run was told. */
function checksOf({ check }: RunOptions): readonly Check[] | undefined {
  if (check === undefined) return undefined;
  const checks = [...new Set(typeof check === "function" ? [check] : check)];
  if (checks.every((one) => typeof one === "function")) return checks;
  throw new UsageError("check takes a function, or a list of functions");
}

const tagsOf = ({ tags }: RunOptions): Tags | undefined =>
  tags === undefined ? undefined : requireSoundTags(tags, "tags");

function resourceRunOptionsOf({ plan, ...options }: RunOptions): ResourceRunOptions {
  const { adopt, allowReplace, refresh, warnAfter, grace, cancelOnAbort } = options;
  const { unmanaged, targets, replace, retain, allowDelete, keepProtected } = options;
  const given = { adopt, allowReplace, refresh, warnAfter, grace, cancelOnAbort };
  return { ...given, unmanaged, targets, replace, retain, allowDelete, keepProtected, planned: plan };
}

/** What would hang or go astray much later is a slip of the program that called. */
function requireSoundOptions(options: RunOptions): void {
  const { concurrency, endpoint, timeout, lockTimeout, history, warnAfter, grace } = options;
  if (lockTimeout !== undefined) msIn("lockTimeout", lockTimeout);
  for (const [name, ms] of Object.entries({ timeout, warnAfter, grace })) {
    if (ms !== undefined && !(ms >= 0))
      throw new UsageError(`${name} is a number of ms; given was ${String(ms)}`);
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1)) {
    throw new UsageError(
      `concurrency is a whole number of requests from 1; given was ${String(concurrency)}`,
    );
  }
  if (history !== undefined && !(Number.isInteger(history) && history >= 0))
    throw new UsageError(`history is a whole number of runs from 0; given was ${String(history)}`);
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new UsageError(
      `endpoint is a URL such as http://127.0.0.1:4566; given was ${JSON.stringify(endpoint)}`,
    );
  }
}
