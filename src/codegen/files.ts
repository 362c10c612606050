import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a folder shall hold: text by path, `/` between folders. */
export type Files = Map<string, string>;

/**
 * Makes the folder hold these files and no others. A file that holds its text already is not touched, so that
 * whoever watches modification times builds no more than has changed.
 */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  const present = await filesIn(folder);
  await Promise.all(present.filter((path) => !files.has(path)).map((path) => rm(join(folder, path))));
  await Promise.all([...files].map(([path, text]) => writeIfChanged(join(folder, path), text)));
}

async function filesIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}

async function writeIfChanged(file: string, text: string): Promise<void> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
