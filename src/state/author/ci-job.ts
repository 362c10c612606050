import type { CiJob } from "../../author.ts";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a job's environment tells of it. */
export interface FoundJob {
  readonly job: CiJob;
  /** The commit that the job has checked out. */
  readonly commit?: string | undefined;
  /** Who started it, as its service knows them. */
  readonly user?: string | undefined;
}

/** How a service makes itself known, and under which names it tells of a job. */
interface Service {
  readonly system: string;
  /** The variable that is set in its jobs alone. */
  readonly sign: string;
  readonly id?: string;
  readonly url?: (environment: Environment) => string | undefined;
  readonly commit?: string;
  readonly user?: string;
}

const valueAt =
  (name: string) =>
  (environment: Environment): string | undefined =>
    environment[name];

// https://docs.github.com/actions/reference/variables-reference, https://docs.gitlab.com/ci/variables/predefined_variables/,
// https://buildkite.com/docs/pipelines/environment-variables, https://circleci.com/docs/variables/,
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html,
// https://learn.microsoft.com/azure/devops/pipelines/build/variables,
// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/, https://www.jenkins.io/doc/book/pipeline/jenkinsfile/
const services: readonly Service[] = [
  {
    system: "GitHub Actions",
    sign: "GITHUB_RUN_ID",
    id: "GITHUB_RUN_ID",
    url: gitHubUrl,
    commit: "GITHUB_SHA",
    user: "GITHUB_ACTOR",
  },
  {
    system: "GitLab CI",
    sign: "GITLAB_CI",
    id: "CI_JOB_ID",
    url: valueAt("CI_JOB_URL"),
    commit: "CI_COMMIT_SHA",
    user: "GITLAB_USER_LOGIN",
  },
  {
    system: "Buildkite",
    sign: "BUILDKITE",
    id: "BUILDKITE_JOB_ID",
    url: valueAt("BUILDKITE_BUILD_URL"),
    commit: "BUILDKITE_COMMIT",
    user: "BUILDKITE_BUILD_CREATOR",
  },
  {
    system: "CircleCI",
    sign: "CIRCLECI",
    id: "CIRCLE_BUILD_NUM",
    url: valueAt("CIRCLE_BUILD_URL"),
    commit: "CIRCLE_SHA1",
    user: "CIRCLE_USERNAME",
  },
  {
    system: "AWS CodeBuild",
    sign: "CODEBUILD_BUILD_ID",
    id: "CODEBUILD_BUILD_ID",
    url: valueAt("CODEBUILD_PUBLIC_BUILD_URL"),
    commit: "CODEBUILD_RESOLVED_SOURCE_VERSION",
    user: "CODEBUILD_INITIATOR",
  },
  {
    system: "Azure Pipelines",
    sign: "TF_BUILD",
    id: "BUILD_BUILDID",
    commit: "BUILD_SOURCEVERSION",
    user: "BUILD_REQUESTEDFOR",
  },
  {
    system: "Bitbucket Pipelines",
    sign: "BITBUCKET_BUILD_NUMBER",
    id: "BITBUCKET_BUILD_NUMBER",
    commit: "BITBUCKET_COMMIT",
  },
  {
    system: "Jenkins",
    sign: "JENKINS_URL",
    id: "BUILD_TAG",
    url: valueAt("BUILD_URL"),
    commit: "GIT_COMMIT",
  },
];

/** The CI job that an environment is of; one of a service that nobody here knows is only known to be one. */
export function ciJobIn(environment: Environment): FoundJob | undefined {
  const service = services.find(({ sign }) => isSet(environment[sign]));
  if (!service) return isSet(environment["CI"]) ? { job: { system: "CI" } } : undefined;
  const { system, id, url, commit, user } = service;
  const valueOf = (name: string | undefined): string | undefined =>
    (name !== undefined && environment[name]) || undefined;
  const [number, link] = [valueOf(id), url?.(environment) || undefined];
  return {
    job: {
      system,
      ...(number !== undefined && { id: number }),
      ...(link !== undefined && { url: link }),
    },
    commit: valueOf(commit),
    user: valueOf(user),
  };
}

/** A variable that says no is as good as none. */
const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== "" && value !== "0" && value.toLowerCase() !== "false";

function gitHubUrl(environment: Environment): string | undefined {
  const [server, repository, run] = ["SERVER_URL", "REPOSITORY", "RUN_ID"].map(
    (name) => environment[`GITHUB_${name}`],
  );
  return server && repository ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
