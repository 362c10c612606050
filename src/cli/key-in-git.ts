import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../app/doctor.ts";
import { keyFile } from "../state/begin.ts";

/** Tells where git has, or would take, the key of a store: whoever has the repository could then read its secrets. */
export function keyInGit(folder: string): readonly Omit<Finding, "id">[] {
  const path = join(folder, keyFile);
  if (!existsSync(folder) || git(folder, ["rev-parse", "--is-inside-work-tree"]) !== "true") return [];
  const isTracked = (git(folder, ["ls-files", "--", keyFile]) ?? "") !== "";
  if (isTracked) {
    const todo = `Take it out (git rm --cached ${JSON.stringify(path)}), ignore it, and commit; what was pushed is known: then make another key (remove the file, await-aws state rekey) and change the secrets.`;
    return [{ what: `git tracks ${path}`, todo }];
  }
  const commit = git(folder, ["log", "--all", "-1", "--format=%h", "--", keyFile]) ?? "";
  if (commit !== "") {
    const todo =
      "What was pushed is known: make another key (remove the file, await-aws state rekey) and change the secrets.";
    return [{ what: `the history of git holds ${path}, last changed in ${commit}`, todo }];
  }
  if (!existsSync(path) || git(folder, ["check-ignore", "--", keyFile]) !== undefined) return [];
  const todo = `Write ${keyFile} into ${join(folder, ".gitignore")}.`;
  return [{ what: `nothing keeps ${path} out of git`, todo }];
}

/** What git says; undefined where there is none, or it refuses. */
function git(folder: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
