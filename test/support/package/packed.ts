import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** The root of the repository. */
export const root = resolve(import.meta.dirname, "../../..");

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack` would publish; the compiled code must be there already. */
export function packed(): Packed {
  const text = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const answer: unknown = JSON.parse(text);
  // npm 11 answers a list, npm 12 an object by package name.
  const [only] = Object.values(answer as Record<string, Packed>);
  if (!only) throw new Error(text);
  return only;
}
