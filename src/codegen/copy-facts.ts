import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";

// The compiler carries no JSON over: facts are laid beside the compiled code, where it looks for them, and with them
// the schemas of what the command line writes as JSON.
const source = resolve(import.meta.dirname, "..");
const target = resolve(import.meta.dirname, "../../dist");

for (const path of ["generated/facts", "render/events.schema.json", "render/report.schema.json"]) {
  await rm(resolve(target, path), { recursive: true, force: true });
  await cp(resolve(source, path), resolve(target, path), { recursive: true });
}
