import type { JoinOptions } from "../../scope/scope.ts";

/** What a run goes by: what it was told, and what programs that joined it have added. */
export interface JointOptions extends Pick<JoinOptions, "place" | "runOptions" | "allowedAccounts"> {
  /**
   * Adds what a program that joins asks for, and returns the names of what is set aside. A guard always holds, beside
   * one that held before; for the rest the run's own word stands, and what is late changes nothing.
   */
  add(asked: JoinOptions, isLate: boolean): readonly string[];
}

/** The joint of a run that was told this. */
export function jointOptionsOf(own: JoinOptions): JointOptions {
  const place = { ...own.place };
  const runOptions = { ...own.runOptions };
  let { allowedAccounts } = own;
  return {
    place,
    runOptions,
    get allowedAccounts() {
      return allowedAccounts;
    },
    add: (asked, isLate) => {
      allowedAccounts = stricterOf(allowedAccounts, asked.allowedAccounts);
      return [
        ...addMissing(place, asked.place, isLate),
        ...addMissing(runOptions, asked.runOptions, isLate),
        ...addMissing(own.apart, asked.apart, true),
      ];
    },
  };
}

type Accounts = JoinOptions["allowedAccounts"];

/** The accounts that both allow; the very same list where nothing is new, for a new one has to be checked. */
function stricterOf(known: Accounts, more: Accounts): Accounts {
  if (known === undefined || more === undefined) return known ?? more;
  const both = known.filter((account) => more.includes(account));
  return both.length === known.length ? known : both;
}

/** Tells what has not been told yet, unless it is too late; returns the names of what differs and is left out. */
function addMissing(told: object, asked: object, isLate: boolean): string[] {
  const known = new Map<string, unknown>(Object.entries(told));
  const differing = Object.entries(asked).filter(
    ([name, value]) => value !== undefined && !isSame(value, known.get(name)),
  );
  const isFree = (name: string): boolean => !isLate && known.get(name) === undefined;
  Object.assign(told, Object.fromEntries(differing.filter(([name]) => isFree(name))));
  return differing.flatMap(([name]) => (isFree(name) ? [] : [name]));
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other));
