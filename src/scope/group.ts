import { AsyncLocalStorage } from "node:async_hooks";
import { UsageError } from "../errors.ts";

// On globalThis, so that two copies of this package find each other's.
const key: unique symbol = Symbol.for("await-aws.group");

function groups(): AsyncLocalStorage<string> {
  const holder: { [key]?: AsyncLocalStorage<string> } = globalThis as typeof globalThis & {
    [key]?: AsyncLocalStorage<string>;
  };
  return (holder[key] ??= new AsyncLocalStorage<string>());
}

/**
 * Puts a name before the id of everything that the program declares, so that a helper can be called twice: inside
 * `scope("orders", …)` the id `table` is `orders/table`. Scopes nest and may run side by side; resolves with what the
 * program resolves with.
 * @example
 * const shops = await Promise.all(["red", "blue"].map((name) =>
 *   scope(name, () => AWS.SQS.Queue("orders", { QueueName: `orders-${name}` })),
 * ));
 */
export async function scope<T>(name: string, program: () => T | Promise<T>): Promise<T> {
  if (typeof name !== "string" || name === "" || name.split("/").includes(""))
    throw new UsageError(
      `the name of a scope is text, with no empty part; given was ${JSON.stringify(name)}`,
    );
  if (typeof program !== "function")
    throw new UsageError(`scope(${JSON.stringify(name)}, …) takes the function that declares what is in it`);
  return await groups().run(`${groupHere()}${name}/`, async () => await program());
}

/** What stands before the ids that are declared here: empty, or names that each end in `/`. */
export const groupHere = (): string => groups().getStore() ?? "";

/** Runs what is an app of its own, wherever it was begun. */
export const inNoGroup = <T>(work: () => T): T => groups().run("", work);

/** What an id may mean here: the one in the innermost scope first, the one that is no scope's last. */
export function readingsOf(id: string, group: string): readonly string[] {
  const names = group.split("/").slice(0, -1);
  return [...names.keys(), names.length].map(
    (i) => names.slice(0, names.length - i).join("/") + (i < names.length ? "/" : "") + id,
  );
}
