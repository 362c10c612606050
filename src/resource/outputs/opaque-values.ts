import { inspect } from "node:util";

const brand: unique symbol = Symbol.for("await-aws.unknown");

/** Something that a plan cannot show yet and that is no text. */
export interface Unknown {
  /** What stands for it where it is passed on: text such as `⟨zone.NameServers⟩`. */
  readonly text: string;
  readonly isList: boolean;
  /** Throws, because a program wants to look into it. */
  readonly look: () => never;
  /** Called where it is only passed on, or shown. */
  readonly pass: () => void;
}

/**
 * What may be passed on whole and throws when it is looked into: its members, its length, its text, its number. What
 * only asks what it is (an await, a debugger, a brand) is answered.
 */
export function makeOpaque(unknown: Unknown): object {
  const { text, isList, look, pass } = unknown;
  const readText = (): string => {
    pass();
    return text;
  };
  const target = Object.defineProperties(isList ? [] : {}, {
    [brand]: { value: unknown },
    [inspect.custom]: { value: readText },
  });
  const isAnswered = (key: string | symbol): boolean =>
    key === "then" || (typeof key === "symbol" && key !== Symbol.toPrimitive && key !== Symbol.iterator);
  return new Proxy(target, {
    get: (on, key) => (isAnswered(key) ? (Reflect.get(on, key) as unknown) : look()),
    has: (on, key) => (isAnswered(key) ? Reflect.has(on, key) : look()),
    getOwnPropertyDescriptor: (on, key) =>
      isAnswered(key) ? Reflect.getOwnPropertyDescriptor(on, key) : look(),
    ownKeys: look,
    set: look,
    deleteProperty: look,
    defineProperty: look,
    preventExtensions: look,
  });
}

/** What stands behind such a value, or undefined for any other. */
export const opaqueIn = (value: object): Unknown | undefined =>
  brand in value ? (value[brand] as Unknown) : undefined;

/** The text that stands for such a value where it is passed on. */
export function passOn(value: object): string | undefined {
  const unknown = opaqueIn(value);
  unknown?.pass();
  return unknown?.text;
}
