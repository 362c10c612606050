import { UsageError } from "../errors.ts";
import { names } from "../generated/names.ts";
import { nearest } from "../nearest.ts";
import { resourceFunction } from "./resource-function.ts";

/** Every service by name, each with a function for every type: the type of `AWS`. */
export type Namespace = typeof import("../generated/index.ts");

/**
 * Every AWS type as a function: `AWS.<Service>.<Type>(id, props)`. Functions are made when they are first asked
 * for; a name that does not exist throws a UsageError with the nearest one.
 */
export const AWS: Namespace = namespace();

// The generated doors and the table of names are two faces of one catalogue: the first is the type of the second.
function namespace(): Namespace;
function namespace(): object {
  return shelf("AWS", Object.keys(names), (service) =>
    shelf(`AWS.${service}`, names[service]?.split(" ") ?? [], (name) =>
      resourceFunction(`AWS::${service}::${name}`),
    ),
  );
}

/** An object whose members are made when they are first asked for, and then stay. */
function shelf(title: string, members: readonly string[], make: (member: string) => unknown): object {
  const object: object = Object.create(missing(title, members));
  for (const member of members) {
    const get = (): unknown => {
      const value = make(member);
      Object.defineProperty(object, member, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(object, member, { get, enumerable: true, configurable: true });
  }
  return object;
}

/**
 * The prototype of a shelf, asked only for what the shelf does not hold. Names that AWS could have given throw;
 * whatever the language and its tools ask of any object (`then`, `toJSON`, symbols) is absent, so that a shelf can
 * be awaited, printed and compared.
 */
function missing(title: string, members: readonly string[]): object {
  const nothing: object = Object.create(null);
  return new Proxy(nothing, {
    get: (_, name) => {
      if (typeof name === "symbol" || !/^[A-Z]/.test(name)) return undefined;
      const near = nearest(name, members);
      throw new UsageError(`There is no ${title}.${name}.${near ? ` Did you mean ${title}.${near}?` : ""}`);
    },
  });
}
