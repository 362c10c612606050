import { type Json, type Pointer, type Props, canonical, equal, isList, isProps } from "../../../src/json.ts";

/** Where what is there is not what is asked, by meaning; written for the stories alone, and asking the client nothing. */
export function unmetIn(
  asked: Json,
  there: Json | undefined,
  caseless: readonly Pointer[],
  at: Pointer = "",
): Pointer[] {
  if (there === undefined) return [at];
  if (isProps(asked) && isProps(there) && asked["Statement"] === undefined) {
    return Object.entries(asked).flatMap(([name, value]) =>
      unmetIn(value, there[name], caseless, `${at}/${name}`),
    );
  }
  return isMet(asked, there, caseless.includes(at)) ? [] : [at];
}

function isMet(asked: Json, there: Json, isCaseless: boolean): boolean {
  if (isPolicy(asked) || isPolicy(there)) return equal(plainPolicy(asked), plainPolicy(there));
  if (isList(asked)) return isList(there) && asked.length === there.length && isPaired(asked, there);
  if (isProps(asked)) return unmetIn(asked, there, []).length === 0;
  if (typeof asked !== "string" || typeof there !== "string") return equal(asked, there);
  const [one, other] = [parsed(asked), parsed(there)];
  if (one !== undefined && other !== undefined) return equal(one, other);
  return isCaseless ? asked.toLowerCase() === there.toLowerCase() : asked === there;
}

/** Whether each item has one of its own on the other side; lists here are short. */
function isPaired(asked: readonly Json[], there: readonly Json[]): boolean {
  const [first, ...rest] = asked;
  if (first === undefined) return true;
  return there.some(
    (item, i) => unmetIn(first, item, []).length === 0 && isPaired(rest, there.toSpliced(i, 1)),
  );
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPolicy(value: Json): value is Props {
  return isProps(value) && value["Statement"] !== undefined;
}

/** A policy with every word in a list of its own, in order. */
function plainPolicy(value: Json): Json {
  const document = typeof value === "string" ? (parsed(value) ?? value) : value;
  if (!isPolicy(document)) return document;
  const statements = listed(document["Statement"] ?? []).map(plainStatement);
  return { ...document, Statement: sorted(statements) };
}

function plainStatement(statement: Json): Json {
  if (!isProps(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([name, value]) => {
      if (/^(Action|Resource)$/.test(name)) return [name, sorted(listed(value))];
      if (name !== "Principal" || !isProps(value)) return [name, value];
      const kinds = Object.entries(value).map(([kind, who]) => [kind, sorted(listed(who).map(rooted))]);
      return [name, Object.fromEntries(kinds)];
    }),
  );
}

const rooted = (who: Json): Json =>
  typeof who === "string" && /^\d{12}$/.test(who) ? `arn:aws:iam::${who}:root` : who;

const listed = (value: Json): readonly Json[] => (isList(value) ? value : [value]);

const sorted = (list: readonly Json[]): Json =>
  list.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
