import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { authorIn, circumstancesText } from "../../../src/state/author/author.ts";
import { ciJobIn } from "../../../src/state/author/ci-job.ts";
import { headCommitOf } from "../../../src/state/author/git-head.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";

describe("the CI job of an environment", () => {
  const sha = "1".repeat(40);

  test.each<[string, Record<string, string>, object]>([
    [
      "GitHub's",
      {
        CI: "true",
        GITHUB_RUN_ID: "7",
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "shop/infra",
        GITHUB_SHA: sha,
        GITHUB_ACTOR: "ann",
      },
      {
        job: { system: "GitHub Actions", id: "7", url: "https://github.com/shop/infra/actions/runs/7" },
        commit: sha,
        user: "ann",
      },
    ],
    ["GitHub's, which says no more", { GITHUB_RUN_ID: "7" }, { job: { system: "GitHub Actions", id: "7" } }],
    [
      "GitLab's",
      { GITLAB_CI: "true", CI_JOB_ID: "8", CI_JOB_URL: "https://gitlab/8", CI_COMMIT_SHA: sha },
      { job: { system: "GitLab CI", id: "8", url: "https://gitlab/8" }, commit: sha },
    ],
    [
      "Buildkite's",
      { BUILDKITE: "true", BUILDKITE_JOB_ID: "9", BUILDKITE_COMMIT: sha },
      { job: { system: "Buildkite", id: "9" }, commit: sha },
    ],
    [
      "CircleCI's",
      { CIRCLECI: "true", CIRCLE_BUILD_NUM: "10", CIRCLE_USERNAME: "bob" },
      { job: { system: "CircleCI", id: "10" }, user: "bob" },
    ],
    ["CodeBuild's", { CODEBUILD_BUILD_ID: "a:b" }, { job: { system: "AWS CodeBuild", id: "a:b" } }],
    ["Azure's", { TF_BUILD: "True", BUILD_BUILDID: "11" }, { job: { system: "Azure Pipelines", id: "11" } }],
    ["Bitbucket's", { BITBUCKET_BUILD_NUMBER: "12" }, { job: { system: "Bitbucket Pipelines", id: "12" } }],
    ["Jenkins'", { JENKINS_URL: "https://j", BUILD_TAG: "j-1" }, { job: { system: "Jenkins", id: "j-1" } }],
    ["one that only says that it is one", { CI: "1" }, { job: { system: "CI" } }],
  ])("%s is known", (_, environment, found) => {
    expect(ciJobIn(environment)).toMatchObject(found);
  });

  test.each([{}, { CI: "" }, { CI: "false" }, { CI: "0" }, { GITHUB_RUN_ID: "" }, { GITLAB_CI: "false" }])(
    "%j is none",
    (environment) => {
      expect(ciJobIn(environment)).toBeUndefined();
    },
  );
});

describe("the commit that is checked out", () => {
  const git = (folder: string, ...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    }).trim();

  test("is what git says: of a branch, packed or not, of none, from below, and in a further work tree", async () => {
    const folder = await temporaryFolder();
    const under = join(folder, "deep", "er");
    mkdirSync(under, { recursive: true });
    git(folder, "init", "-q", "-b", "main");
    expect(headCommitOf(folder)).toBeUndefined();
    for (const message of ["one", "two"]) git(folder, "commit", "-q", "--allow-empty", "-m", message);
    const [second, first] = ["HEAD", "HEAD~1"].map((name) => git(folder, "rev-parse", name));
    expect(headCommitOf(under)).toBe(second);
    git(folder, "pack-refs", "--all");
    expect(headCommitOf(under)).toBe(second);
    const other = join(folder, "other");
    git(folder, "worktree", "add", "-q", "-b", "side", other, "HEAD~1");
    expect(headCommitOf(other)).toBe(first);
    git(folder, "pack-refs", "--all");
    expect(headCommitOf(other)).toBe(first);
    git(folder, "checkout", "-q", "--detach", "HEAD~1");
    expect(headCommitOf(folder)).toBe(first);
  });

  test("is nothing where a repository is damaged", async () => {
    const folder = await temporaryFolder();
    mkdirSync(join(folder, ".git"));
    for (const head of ["", "ref: refs/heads/none", "nonsense", "ref: "]) {
      writeFileSync(join(folder, ".git", "HEAD"), head);
      expect(headCommitOf(folder)).toBeUndefined();
    }
  });
});

describe("an author that somebody has written down", () => {
  test("is read as far as it is one", () => {
    const whole = { host: "h", user: "ann", job: { system: "CI", id: "1" }, commit: "c" };
    expect(authorIn({ ...whole, more: 1 })).toEqual(whole);
    for (const torn of [
      undefined,
      null,
      7,
      [],
      "x",
      { host: 7, user: {}, job: "CI", commit: 1 },
      { job: {} },
    ])
      expect(authorIn(torn)).toEqual({});
  });

  test("is told with job and commit, where they are known", () => {
    const job = { system: "GitHub Actions", id: "7", url: "https://x/7" };
    expect(circumstancesText({ job, commit: "0123456789abcdef" })).toBe(
      " (GitHub Actions 7 https://x/7, commit 0123456789ab)",
    );
    expect(circumstancesText({ commit: "0123" })).toBe(" (commit 0123)");
    expect(circumstancesText({})).toBe("");
  });
});
