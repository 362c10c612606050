import type { Entry, Home, Intent, Superseded } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import { inexactIn, isProps } from "../json.ts";

/** Reads the text of a record; whatever is not a whole entry of this version is `STATE_UNREADABLE` naming the file. */
export function parseEntry(text: string, file: string): Entry | ResourceError {
  const number = inexactIn(text);
  if (number !== undefined) return refuseFile(file, `holds ${number}, a number that would be rounded`);
  return entryFrom(parseJson(text), file);
}

const refuseFile = (file: string, what: string, advice?: string): ResourceError =>
  new ResourceError("STATE_UNREADABLE", `${file} ${what}`, { advice });

/** The same of what has been read as JSON already; undefined is what could not be. */
export function entryFrom(value: unknown, file: string): Entry | ResourceError {
  const refuse = (what: string, advice?: string): ResourceError => refuseFile(file, what, advice);
  if (!isProps(value)) return refuse("is torn or is not JSON");
  const version = value["version"];
  if (typeof version === "number" && version > 1) {
    return refuse(`has version ${version}, which is newer than this await-aws`, "Install a newer await-aws.");
  }
  return isEntry(value) ? value : refuse(`is not an entry: see ${faultsIn(value, entry).join(", ")}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;
type Checks<T> = Readonly<Record<keyof T, Check>>;

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isProps(value) && Object.values(value).every(check);
function record<T>(checks: Checks<T>): Check {
  const all = Object.entries<Check>(checks);
  return (value) =>
    isProps(value) &&
    all.every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined));
}

function faultsIn<T>(value: Readonly<Record<string, unknown>>, checks: Checks<T>): string[] {
  return Object.entries<Check>(checks)
    .filter(([name, check]) => !check(Object.hasOwn(value, name) ? value[name] : undefined))
    .map(([name]) => name);
}

const home: Checks<Home> = {
  region: isText,
  partition: isText,
  account: optional(isText),
  endpoint: optional(isText),
};

const intent: Checks<Intent> = {
  move: oneOf("create", "update", "delete"),
  clientToken: isText,
  requestToken: optional(isText),
  startedAt: isText,
  request: isText,
  key: optional(isText),
  isFree: optional(isFlag),
};

const superseded: Checks<Superseded> = {
  identifier: isText,
  type: isText,
};

const entry: Checks<Entry> = {
  version: oneOf(1),
  id: isText,
  type: isText,
  home: record(home),
  identifier: optional(isText),
  status: oneOf("settled", "incomplete", "pending"),
  desired: isProps,
  digests: mapOf(isText),
  live: isProps,
  dependencies: listOf(isText),
  profile: optional(isText),
  roleArn: optional(isText),
  retain: optional(isFlag),
  protect: optional(isFlag),
  intent: optional(record(intent)),
  superseded: optional(listOf(record(superseded))),
  madeAt: optional(isText),
  isUnseen: optional(isFlag),
  failure: optional(isText),
  unapplied: optional(listOf(isText)),
  runTags: optional(mapOf(isText)),
  areTagsFixed: optional(isFlag),
  run: optional(isText),
  updatedAt: isText,
};

const isRecord = record(entry);

/** What is settled exists, and so has a name. */
const isEntry = (value: unknown): value is Entry =>
  isRecord(value) && isProps(value) && (value["status"] !== "settled" || isText(value["identifier"]));
