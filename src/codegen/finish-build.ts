import { existsSync } from "node:fs";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

// What the compiler leaves undone. It carries no JSON over: facts are laid beside the compiled code, where it looks for
// them, and with them the schemas of what the command line writes as JSON.
const source = resolve(import.meta.dirname, "..");
const target = resolve(import.meta.dirname, "../../dist");

for (const path of ["generated/facts", "render/events.schema.json", "render/report.schema.json"]) {
  await rm(resolve(target, path), { recursive: true, force: true });
  await cp(resolve(source, path), resolve(target, path), { recursive: true });
}

// Nor does it take away what it once made of a source that has been renamed since, which would be published.
for (const name of await readdir(target, { recursive: true })) {
  const [stem] = name.split(/\.(?:d\.ts|js)(?:\.map)?$/);
  if (stem === undefined || stem === name || existsSync(resolve(source, `${stem}.ts`))) continue;
  await rm(resolve(target, name));
}

// Maps lead from compiled code to the sources beside it. Those of generated code are not published, and nobody reads
// them: its maps go, with the comments that name them.
const generated = resolve(target, "generated");
for (const name of await readdir(generated, { recursive: true })) {
  if (!name.endsWith(".map")) continue;
  const compiled = resolve(generated, name.slice(0, -".map".length));
  const text = await readFile(compiled, "utf8");
  await writeFile(compiled, text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n"));
  await rm(resolve(generated, name));
}
