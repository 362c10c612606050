import type { JoinOptions, ResourceRunOptions } from "../../scope/scope.ts";
import type { Tags } from "./tags.ts";

/** What a run goes by: what it was told, and what programs that joined it have added. */
export interface JointOptions extends Pick<JoinOptions, "place" | "runOptions" | "allowedAccounts"> {
  /**
   * Adds what a program that joins asks for, and returns the names of what is set aside. A guard always holds, beside
   * one that held before; for the rest the run's own word stands, and what is late changes nothing.
   */
  add(asked: JoinOptions, isLate: boolean): readonly string[];
}

/**
 * The joint of a run that was told this. What is read of it is never changed: what is added makes another one. Tags are
 * told one by one: those of the environment hold where neither the run nor a program says another value.
 */
export function jointOptionsOf(own: JoinOptions, tagsAround: Tags = {}): JointOptions {
  const withTags = (options: ResourceRunOptions): ResourceRunOptions =>
    Object.keys(tagsAround).length === 0 ? options : { ...options, tags: { ...tagsAround, ...options.tags } };
  let { place, allowedAccounts } = own;
  let { tags: told, checks, ...others } = own.runOptions;
  let runOptions = withTags(own.runOptions);
  return {
    get place() {
      return place;
    },
    get runOptions() {
      return runOptions;
    },
    get allowedAccounts() {
      return allowedAccounts;
    },
    add: (asked, isLate) => {
      const { tags, checks: more, ...rest } = asked.runOptions;
      const aside = [
        ...asideOf(place, asked.place, isLate),
        ...asideOf(others, rest, isLate),
        ...(asideOf(told ?? {}, tags ?? {}, isLate).length > 0 ? ["tags"] : []),
        ...asideOf(own.apart, asked.apart, true),
      ];
      allowedAccounts = stricterOf(allowedAccounts, asked.allowedAccounts);
      checks = checks || more ? [...new Set([...(checks ?? []), ...(more ?? [])])] : undefined;
      runOptions = { ...runOptions, checks };
      if (isLate) return aside;
      place = completed(place, asked.place);
      others = completed(others, rest);
      told = tags || told ? completed(told ?? {}, tags ?? {}) : undefined;
      runOptions = withTags({ ...others, tags: told, checks });
      return aside;
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

/** The options with those that have not been told yet. */
const completed = <Options extends object>(told: Options, asked: Options): Options => ({
  ...told,
  ...Object.fromEntries(differingIn(told, asked).filter(([name]) => isFreeIn(told, name))),
});

/** The names of what differs and cannot be added. */
const asideOf = (told: object, asked: object, isLate: boolean): readonly string[] =>
  differingIn(told, asked).flatMap(([name]) => (!isLate && isFreeIn(told, name) ? [] : [name]));

const differingIn = (told: object, asked: object): readonly (readonly [string, unknown])[] =>
  Object.entries(asked).filter(
    ([name, value]) => value !== undefined && !isSameOption(value, valueIn(told, name)),
  );

const isFreeIn = (told: object, name: string): boolean => valueIn(told, name) === undefined;

const valueIn = (told: object, name: string): unknown =>
  new Map<string, unknown>(Object.entries(told)).get(name);

/** Tells whether two values of an option say the same. */
export const isSameOption = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other));
