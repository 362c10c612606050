import { existsSync } from "node:fs";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { bundle } from "./bundle.ts";

// What the compiler leaves undone: it writes types only. Code goes beside them, and what it reads: facts, and the
// schemas of what the command line writes as JSON.
const source = resolve(import.meta.dirname, "..");
const target = resolve(import.meta.dirname, "../../dist");

// What was once made of a source that has been renamed since would be published, and so would code of earlier builds.
for (const name of await readdir(target, { recursive: true })) {
  const [stem] = name.split(/\.d\.ts(?:\.map)?$/);
  const isType = stem !== undefined && stem !== name;
  if (isType ? existsSync(resolve(source, `${stem}.ts`)) : !/\.js(?:\.map)?$/.test(name)) continue;
  await rm(resolve(target, name));
}

await bundle(source, target);

for (const path of ["generated/facts", "render/events.schema.json", "render/report.schema.json"]) {
  await rm(resolve(target, path), { recursive: true, force: true });
  await cp(resolve(source, path), resolve(target, path), { recursive: true });
}

// Maps lead from built code to the sources beside it. Those of generated code are not published, and nobody reads
// them: its maps go, with the comments that name them.
const generated = resolve(target, "generated");
for (const name of await readdir(generated, { recursive: true })) {
  if (!name.endsWith(".map")) continue;
  const built = resolve(generated, name.slice(0, -".map".length));
  const text = await readFile(built, "utf8");
  await writeFile(built, text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n"));
  await rm(resolve(generated, name));
}
