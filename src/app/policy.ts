import { ResourceError } from "../errors.ts";
import { ownerTypeOf } from "../resource/find/children.ts";
import { permissions } from "../resource/direct/permissions.ts";
import { installHost, runIn } from "../scope/ambient.ts";
import type { Script } from "./script/hosted.ts";
import { startProgram } from "./program.ts";
import type { ReconcileOptions } from "./reconcile.ts";
import { scopeOf } from "./session/scope.ts";
import { settingsOf } from "./options/settings.ts";

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: "*";
  }[];
}

// The service is called cloudcontrolapi, its actions are not.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudcontrolapi.html
const cloudControl = [
  "CancelResourceRequest",
  "CreateResource",
  "DeleteResource",
  "DescribeType",
  "GetResource",
  "GetResourceRequestStatus",
  "ListResources",
  "UpdateResource",
].map((action) => `cloudformation:${action}`);

/** What is said of a type whose schema leaves its actions out. */
export const namesNone = "its schema names no IAM actions";

/** The type whose handlers serve a type: a part's owner, or the type itself. */
export const servedBy = (type: string): string => ownerTypeOf(type);

/** The same for a program, as reconcile() runs one. */
export async function policyFor(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Promise<PolicyDocument> {
  try {
    return await policyOf({ name, start: program }, options);
  } finally {
    installHost(undefined);
  }
}

/**
 * Makes the policy that a script needs: what Cloud Control is called with, and for every type that the script declares
 * or has recorded what its handlers use, for every one that it only reads what reading uses, as the registry tells. The script is run as a plan.
 */
export async function policyOf(script: Script, options: ReconcileOptions = {}): Promise<PolicyDocument> {
  const report = await startProgram(script, { ...options, phase: "plan" }).ended;
  const reports = [report, ...(report.others ?? [])];
  const stopped = reports.find((one) => one.stopped)?.stopped;
  if (stopped) throw new ResourceError("UNKNOWN_AT_PLAN", stopped.message);
  const typesOf = (types: readonly string[]): string[] => [...new Set(types.map(ownerTypeOf))].toSorted();
  const declared = typesOf(reports.flatMap(({ changes }) => changes).map(({ type }) => type));
  // What is only read takes no permission to write.
  const read = typesOf(reports.flatMap(({ reads = [] }) => reads)).filter((type) => !declared.includes(type));
  const types = [...declared, ...read];
  const settings = settingsOf(report.app, options, process.env, process.argv[1]);
  const scope = scopeOf({ ...settings, withholds: true }, { finalizes: false, reports: true });
  const statements = await runIn(scope, () =>
    Promise.all([
      ...declared.map((type) => statementFor(type)),
      ...read.map((type) => statementFor(type, reading)),
    ]),
  );
  // The policy would look whole without.
  for (const [i, type] of types.entries()) {
    if (statements[i]?.length === 0) scope.listener({ name: "notice", message: `${type}: ${namesNone}` });
  }
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "CloudControl", Effect: "Allow", Action: cloudControl, Resource: "*" },
      ...statements.flat(),
    ],
  };
}

/** The handlers behind get, find and list. */
const reading: readonly string[] = ["read", "list"];

async function statementFor(
  type: string,
  handlers?: readonly string[],
): Promise<PolicyDocument["Statement"]> {
  const asked = Object.entries(await permissions(type));
  const actions = asked.flatMap(([handler, names]) => (handlers?.includes(handler) === false ? [] : names));
  const Action = [...new Set(actions)].toSorted();
  const Sid = type.replace(/^AWS::|[^A-Za-z0-9]/g, "");
  return Action.length === 0 ? [] : [{ Sid, Effect: "Allow", Action, Resource: "*" }];
}
