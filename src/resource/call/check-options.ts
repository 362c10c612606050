import { ResourceError } from "../../errors.ts";
import { pointerOf } from "../../json.ts";
import { nearest } from "../../nearest.ts";
import type { AdoptOptions, ResourceOptions } from "./options.ts";

/** What an option takes: in words, and as a test. */
interface Rule {
  readonly takes: string;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const flag: Rule = { takes: "true or false", fits: (value) => typeof value === "boolean" };
const text: Rule = { takes: "text that is not empty", fits: isText };
const names: Rule = {
  takes: "a list of names",
  fits: (value) => Array.isArray(value) && value.every(isText),
};

const adoptRules: Readonly<Record<keyof AdoptOptions, Rule>> = {
  identifier: {
    takes: "text or the parts by name",
    fits: (value) => isText(value) || (typeof value === "object" && value !== null && !Array.isArray(value)),
  },
  by: names,
  exact: flag,
  force: flag,
};

const milliseconds: Rule = {
  takes: "milliseconds above 0",
  fits: (value) => typeof value === "number" && value > 0,
};

const rules: Readonly<Record<keyof ResourceOptions, Rule>> = {
  adopt: {
    takes: "true, false or an object",
    fits: (value) => typeof value === "boolean" || (typeof value === "object" && value !== null),
  },
  allowReplace: flag,
  cancelOnAbort: flag,
  dependsOn: { takes: "a list of resources and ids", fits: Array.isArray },
  ignoreChanges: {
    takes: 'a list of pointers such as "/Tags"',
    fits: (value) =>
      Array.isArray(value) && value.every((item) => isText(item) && String(item).startsWith("/")),
  },
  profile: text,
  protect: flag,
  region: text,
  renamedFrom: text,
  replace: flag,
  retain: flag,
  roleArn: text,
  signal: { takes: "an AbortSignal", fits: (value) => value instanceof AbortSignal },
  tags: {
    takes: "true or false: whether it gets the tags of the run; its own are a property",
    fits: (value) => typeof value === "boolean",
  },
  timeout: milliseconds,
  typeVersionId: text,
  warnAfter: milliseconds,
};

/** Reads the options of a call; a name or a value that would otherwise be passed over in silence is `VALIDATION`. */
export function readOptions(given: Readonly<Record<string, unknown>>): ResourceOptions {
  check(given, rules, []);
  const { adopt } = given;
  if (typeof adopt === "object" && adopt !== null) check({ ...adopt }, adoptRules, ["adopt"]);
  return given;
}

function check(
  given: Readonly<Record<string, unknown>>,
  rulesOf: Readonly<Record<string, Rule>>,
  path: readonly string[],
): void {
  for (const [name, value] of Object.entries(given)) {
    const place = [...path, name];
    const rule = Object.hasOwn(rulesOf, name) ? rulesOf[name] : undefined;
    if (!rule) throw unknown(place, Object.keys(rulesOf));
    if (value !== undefined && !rule.fits(value)) throw refusal(place, `takes ${rule.takes}`);
  }
}

function unknown(place: readonly string[], known: readonly string[]): ResourceError {
  const near = nearest(place.at(-1) ?? "", known);
  return refusal(
    place,
    near ? `is unknown, did you mean ${near}?` : "is unknown; AWS properties begin with a capital",
  );
}

const refusal = (place: readonly string[], what: string): ResourceError =>
  new ResourceError("VALIDATION", `option ${place.join(".")} ${what}`, { paths: [pointerOf(place)] });
