import { hostname, userInfo } from "node:os";
import type { Author } from "../../author.ts";
import { isProps } from "../../json.ts";
import { type Environment, ciJobIn } from "./ci-job.ts";
import { headCommitOf } from "./git-head.ts";

/** Who runs this process, as its system and its environment say; the commit is that of the working folder. */
export function authorOf(environment: Environment = process.env): Author {
  const { job, commit = headOnce(), user = userName() } = ciJobIn(environment) ?? {};
  return {
    host: hostname(),
    ...(user !== undefined && { user }),
    ...(job && { job }),
    ...(commit !== undefined && { commit }),
  };
}

/** The system's own name for who runs this process; it may have none. */
const userName = (): string | undefined => unlessRefused(() => userInfo().username);

let head: { readonly commit: string | undefined } | undefined;

/** What was checked out when this process first asked is what it has loaded, whatever is checked out later. */
const headOnce = (): string | undefined =>
  (head ??= { commit: unlessRefused(() => headCommitOf(process.cwd())) }).commit;

function unlessRefused<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** Reads what somebody else has written of an author; what is not as it should be is left out. */
export function authorIn(value: unknown): Partial<Author> {
  if (!isProps(value)) return {};
  const { host, user, job, commit } = value;
  const { system, id, url } = isProps(job) ? job : {};
  return {
    ...(typeof host === "string" && { host }),
    ...(typeof user === "string" && { user }),
    ...(typeof system === "string" && {
      job: { system, ...(typeof id === "string" && { id }), ...(typeof url === "string" && { url }) },
    }),
    ...(typeof commit === "string" && { commit }),
  };
}

/** What is known of an author beside name and place: ` (GitHub Actions 7 https://…, commit 1a2b3c4)`, or nothing. */
export function circumstancesText({ job, commit }: Pick<Author, "job" | "commit">): string {
  const parts = [
    ...(job ? [[job.system, job.id, job.url].filter((part) => part !== undefined).join(" ")] : []),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
