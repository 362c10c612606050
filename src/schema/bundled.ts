import { createRequire } from "node:module";
import { names } from "../generated/names.ts";
import type { Facts } from "./facts.ts";

// The facts lie beside the compiled code as beside the source, so one relative path serves both.
const load = createRequire(import.meta.url);

/** The facts that this version carries of a type, without asking AWS; reads the file of its service once. */
export function bundledFacts(type: string): Facts | undefined {
  const [vendor, service = "", name] = type.split("::");
  if (vendor !== "AWS" || !namesIn(service).includes(name ?? "")) return undefined;
  // `require` keeps what it has read, so that a second question costs nothing.
  const facts: Readonly<Record<string, Facts>> = load(`../generated/facts/${service}.json`);
  return facts[type];
}

/** The names of every bundled type by service, e.g. `S3` → `["AccessGrant", …]`, without a look at any facts. */
export function bundledServices(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.keys(names).map((service) => [service, namesIn(service)]));
}

/** Every bundled type, e.g. `AWS::S3::Bucket`, in alphabetical order. */
export function bundledTypes(): readonly string[] {
  return Object.keys(names).flatMap((service) => namesIn(service).map((name) => `AWS::${service}::${name}`));
}

function namesIn(service: string): readonly string[] {
  return Object.hasOwn(names, service) ? (names[service]?.split(" ") ?? []) : [];
}
