import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";

// The compiler carries no JSON over: the facts are laid beside the compiled code, where it looks for them.
const source = resolve(import.meta.dirname, "../generated/facts");
const target = resolve(import.meta.dirname, "../../dist/generated/facts");

await rm(target, { recursive: true, force: true });
await cp(source, target, { recursive: true });
