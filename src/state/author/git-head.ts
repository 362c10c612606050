import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

// What a commit is called stands in a few small files, https://git-scm.com/docs/gitrepository-layout: no process has to
// be started for it.

/** The commit that a folder, or one above it, has checked out: 40 or 64 hex digits; undefined where there is none. */
export function headCommitOf(folder: string): string | undefined {
  const git = gitFolderOf(folder);
  const head = git === undefined ? undefined : textOf(join(git, "HEAD"));
  if (git === undefined || head === undefined) return undefined;
  const [, ref] = /^ref: (.+)$/.exec(head) ?? [];
  return commitIn(ref === undefined ? head : refOf(git, ref));
}

/** The folder of the repository; of a further work tree that which is its own. */
function gitFolderOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, ".git");
    if (textOf(join(git, "HEAD")) !== undefined) return git;
    const [, path] = /^gitdir: (.+)$/m.exec(textOf(git) ?? "") ?? [];
    if (path !== undefined) return resolve(at, path);
    if (at === dirname(at)) return undefined;
  }
}

/** What a branch points at, in a file of its own or among those that git has packed. */
function refOf(git: string, ref: string): string | undefined {
  const common = textOf(join(git, "commondir"));
  for (const folder of [git, ...(common === undefined ? [] : [resolve(git, common)])]) {
    const loose = textOf(join(folder, ref));
    if (loose !== undefined) return loose;
    const packed = (textOf(join(folder, "packed-refs")) ?? "").split("\n");
    const line = packed.find((one) => one.endsWith(` ${ref}`));
    if (line !== undefined) return line.split(" ")[0];
  }
  return undefined;
}

const commitIn = (text: string | undefined): string | undefined =>
  text !== undefined && /^([\da-f]{40}|[\da-f]{64})$/.test(text) ? text : undefined;

/** The trimmed text of a file, or undefined where it cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
