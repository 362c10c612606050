import type { Listener } from "../../events.ts";
import { isSameOption } from "../options/joint-options.ts";
import type { RunOptions } from "../options/run-options.ts";
import type { SettingOptions } from "../options/settings.ts";

/** What a run was told and its program says too, in the order in which it is told of. */
const contested = [
  "region",
  "profile",
  "endpoint",
  "adopt",
  "allowReplace",
  "refresh",
  "warnAfter",
  "grace",
  "cancelOnAbort",
  "unmanaged",
  "targets",
  "replace",
  "retain",
  "plan",
  "stage",
  "store",
  "schemas",
  "concurrency",
  "lockTimeout",
  "history",
] as const satisfies readonly (keyof RunOptions)[];

/**
 * The options of an app within a run: what the run was told, else what its program states. Accounts must be allowed by
 * both, either may stop it, and both hear of it.
 */
export function mergeOptions(told: SettingOptions, stated: RunOptions): SettingOptions {
  const said = contested.filter((name) => told[name] !== undefined);
  return {
    ...stated,
    ...Object.fromEntries(said.map((name) => [name, told[name]])),
    tags: told.tags && stated.tags ? { ...stated.tags, ...told.tags } : (told.tags ?? stated.tags),
    check: [told.check ?? [], stated.check ?? []].flat(),
    rekeys: told.rekeys,
    allowedAccounts: allowBoth(told.allowedAccounts, stated.allowedAccounts),
    onEvent: tellBoth(told.onEvent, stated.onEvent),
    signal: stopOnEither(told.signal, stated.signal),
  };
}

/** The names of what the program states otherwise than the run was told. */
export const namesSetAside = (told: RunOptions, stated: RunOptions): readonly string[] => [
  ...contested.filter(
    (name) =>
      told[name] !== undefined && stated[name] !== undefined && !isSameOption(told[name], stated[name]),
  ),
  ...(Object.entries(told.tags ?? {}).some(([key, value]) => (stated.tags?.[key] ?? value) !== value)
    ? ["tags"]
    : []),
];

type Accounts = RunOptions["allowedAccounts"];

const allowBoth = (one: Accounts, other: Accounts): Accounts =>
  one && other ? one.filter((account) => other.includes(account)) : (one ?? other);

type MaybeListener = Listener | undefined;

const tellBoth = (one: MaybeListener, other: MaybeListener): MaybeListener =>
  one && other
    ? (event) => {
        one(event);
        return other(event);
      }
    : (one ?? other);

type MaybeSignal = AbortSignal | undefined;

const stopOnEither = (one: MaybeSignal, other: MaybeSignal): MaybeSignal =>
  one && other ? AbortSignal.any([one, other]) : (one ?? other);
