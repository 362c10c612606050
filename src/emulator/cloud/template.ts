import { randomInt, randomUUID } from "node:crypto";
import { type Json, type Props, isList, isProps } from "../../json.ts";
import { plain } from "../behaviours/behaviour.ts";
import type { Settings } from "./options.ts";

const alphabets: Readonly<Record<string, string>> = {
  lower: "abcdefghijklmnopqrstuvwxyz0123456789",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  mixed: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  hex: "0123456789abcdef",
  digits: "123456789",
};

/** Makes a random word over a named alphabet, e.g. ten lower-case letters and digits. */
export function randomWord(alphabet: string, length: number): string {
  const letters = alphabets[alphabet] ?? "";
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/**
 * Fills the holes of a template: `{region}`, `{account}`, `{now}` (ISO 8601), `{uuid}`, `{lower:10}` and the
 * other alphabets with a length, and else the property of that name. Unknown holes stay as they are.
 */
export function fill(template: string, model: Props, settings: Settings): string {
  return template.replaceAll(/\{([A-Za-z]+)(?::(\d+))?\}/g, (hole, name: string, length?: string) => {
    if (length !== undefined) return name in alphabets ? randomWord(name, Number(length)) : hole;
    if (name === "region") return settings.region;
    if (name === "account") return settings.account;
    if (name === "now") return new Date(settings.now()).toISOString();
    if (name === "uuid") return randomUUID();
    const value = model[name];
    return value === undefined ? hole : plain(value);
  });
}

/** Fills every text inside a JSON value. */
export function fillAll(value: Json, model: Props, settings: Settings): Json {
  if (typeof value === "string") return fill(value, model, settings);
  if (isList(value)) return value.map((item) => fillAll(item, model, settings));
  if (!isProps(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fillAll(item, model, settings)]),
  );
}
