/** ms after which git is given up. */
const patienceMs = 10_000;

/**
 * Tells whether a folder's work tree is as its commit has it: no change, and no file that git neither has nor ignores.
 * Undefined where there is no repository, no git, or it takes too long. It keeps no process from its end.
 */
async function isTreeClean(folder: string): Promise<boolean | undefined> {
  // A run that writes nothing does not ask.
  const { execFile } = await import("node:child_process");
  return new Promise((resolve) => {
    try {
      // A lock that git takes to remember what it has seen would stand in the way of a commit.
      const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
      const options = { cwd: folder, env, timeout: patienceMs, windowsHide: true, maxBuffer: 2 ** 24 };
      const child = execFile("git", ["status", "--porcelain"], options, (error, stdout) =>
        resolve(error ? undefined : stdout === ""),
      );
      child.unref();
      for (const stream of [child.stdout, child.stderr]) unrefStream(stream);
    } catch {
      resolve(undefined);
    }
  });
}

let asked: Promise<boolean | undefined> | undefined;

/** The same of the working folder, as it was when this was first asked: what this process has loaded was read before. */
export const wasTreeClean = (): Promise<boolean | undefined> => (asked ??= isTreeClean("."));

/** A pipe is a socket, which may be told to hold nobody up. */
function unrefStream(stream: unknown): void {
  if (
    typeof stream === "object" &&
    stream !== null &&
    "unref" in stream &&
    typeof stream.unref === "function"
  )
    stream.unref();
}
