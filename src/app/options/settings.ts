import { existsSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import type { Listener, Trace } from "../../events.ts";
import { type SchemaCache, fileSchemaCache } from "../../registry/schema-cache.ts";
import { isCi } from "../../render/style.ts";
import type { JoinOptions, Scope } from "../../scope/scope.ts";
import { keptRuns } from "../../state/history/history.ts";
import { beginStore, schemaFolder } from "../../state/begin.ts";
import { isS3Url, storeAt } from "../../state/store-at.ts";
import type { StateStore } from "../../state/store.ts";
import { type Clock, systemClock } from "../../wire/clock.ts";
import { msIn } from "./duration-in.ts";
import { tracesAskedIn } from "./debug.ts";
import { joinOptionsOf } from "./join-options.ts";
import type { RunOptions } from "./run-options.ts";
import { type Tags, tagsIn } from "./tags.ts";

/** The environment variables that are read here; the AWS SDK reads its own besides. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where each AWS API is asked, where that is not AWS's own place. */
export type Endpoints = Readonly<
  Record<"cloudControl" | "apiGatewayV2" | "cloudFormation" | "route53" | "sts", string | undefined>
>;

/** A run's options with every default filled in. */
export interface Settings {
  readonly app: string;
  readonly stage: string;
  readonly store: StateStore;
  /** What the run was told; a program that joins it may add what is not told. */
  readonly asked: JoinOptions;
  /** Tags for every resource, where neither the run nor its program says another value for the key. */
  readonly tags: Tags;
  /** The region where none is told. */
  readonly region: string | undefined;
  /** The endpoints where none is told. */
  readonly endpoints: Endpoints;
  readonly schemas: "live" | "bundled";
  /** Told of every stage that the program declares resources of, where these are only to be digested anew. */
  readonly rekeys: ((declared: RekeyedStage) => void) | undefined;
  /** Keeps schemas between runs, where state is kept in files. */
  readonly schemaCache: SchemaCache | undefined;
  readonly concurrency: number;
  /** The state folder, where it lies on a machine of CI, which may be gone tomorrow. */
  readonly folderInCi: string | undefined;
  /** Whether reads are real and writes are not. */
  readonly withholds: boolean;
  readonly listener: Listener;
  /** What the listener is told besides, for whoever looks for a fault. */
  readonly traces: ReadonlySet<Trace["name"]>;
  readonly signal: AbortSignal | undefined;
  /** ms after which the run is stopped. */
  readonly timeout: number | undefined;
  /** ms for which a stage that another run holds is waited for. */
  readonly lockTimeoutMs: number;
  /** How many runs the history of a stage keeps. */
  readonly keptRuns: number;
  /** By which a run waits and measures; the machine's own, but for tests. */
  readonly clock: Clock;
}

/** What a door may say beside what a program may. */
export type SettingOptions = RunOptions & Partial<Pick<Settings, "rekeys">>;

/** Fills in defaults. An option beats its variable; a variable that is empty counts as unset. */
export function settingsOf(
  app: string,
  options: SettingOptions,
  environment: Environment,
  script?: string,
): Settings {
  const asked = joinOptionsOf(options);
  const stage = stageFor(options, environment);
  const place = placeOf(options, environment, script);
  // Nothing is kept beside a store of the program's own, or in a bucket.
  const folder = place === undefined || isS3Url(place) ? undefined : place;
  return {
    app,
    stage,
    store: storeFor(options, place, environment),
    asked: { ...asked, apart: { ...asked.apart, stage } },
    tags: tagsIn(environment["AWAIT_AWS_TAGS"] ?? "", "AWAIT_AWS_TAGS"),
    region: environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || undefined,
    endpoints: endpointsOf(environment),
    rekeys: options.rekeys,
    schemas: options.schemas ?? "live",
    schemaCache:
      folder === undefined
        ? undefined
        : fileSchemaCache(join(folder, schemaFolder), () => beginStore(folder)),
    concurrency: options.concurrency ?? 100,
    folderInCi: options.store !== undefined || !isCi(environment) ? undefined : folder,
    withholds: false,
    timeout: options.timeout,
    keptRuns: options.history ?? keptRuns,
    lockTimeoutMs: options.lockTimeout === undefined ? 0 : msIn("lockTimeout", options.lockTimeout),
    traces: tracesAskedIn(environment["AWAIT_AWS_DEBUG"]),
    listener: options.onEvent ?? ((): void => undefined),
    signal: options.signal,
    clock: systemClock,
  };
}

/** A variable for one API beats the one for all. */
function endpointsOf(environment: Environment): Endpoints {
  const of = (service: string): string | undefined =>
    environment[`AWS_ENDPOINT_URL_${service}`] || environment["AWS_ENDPOINT_URL"] || undefined;
  return {
    cloudControl: of("CLOUDCONTROL"),
    apiGatewayV2: of("APIGATEWAYV2"),
    cloudFormation: of("CLOUDFORMATION"),
    route53: of("ROUTE_53"),
    sts: of("STS"),
  };
}

/** The stage that is meant: the one told, else the variable's, else `dev`. */
export const stageFor = ({ stage }: RunOptions, environment: Environment): string =>
  stage ?? (environment["AWAIT_AWS_STAGE"] || "dev");

/**
 * Where entries are kept, by name: what is told, else `AWAIT_AWS_STATE`, else `state/` beside the nearest package.json.
 * A folder comes as its whole path.
 */
export function statePlace(
  told: string | undefined,
  environment: Environment,
  script: string | undefined,
): string {
  const place = told ?? (environment["AWAIT_AWS_STATE"] || join(packageFolder(script), "state"));
  // What is neither is refused by its own name.
  return place.includes("://") ? place : resolve(place);
}

/** The same of a run; undefined where its store is the program's own. */
function placeOf(
  { store }: RunOptions,
  environment: Environment,
  script: string | undefined,
): string | undefined {
  return store === undefined || typeof store === "string"
    ? statePlace(store, environment, script)
    : undefined;
}

const storeFor = ({ store }: RunOptions, place: string | undefined, environment: Environment): StateStore =>
  typeof store === "object" ? store : storeAt(place ?? "", environment["AWAIT_AWS_STATE_KEY"]);

/** The folder of the nearest package.json above the script, else the script's own folder, else the working one. */
function packageFolder(script: string | undefined): string {
  const start = script === undefined ? process.cwd() : dirname(resolve(script));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** The name of a plain script's app: its path from the nearest package.json, without extension, e.g. `infra/api`. */
export function appNameOf(script: string | undefined): string {
  if (script === undefined) return "default";
  const path = relative(packageFolder(script), resolve(script));
  return path.slice(0, path.length - extname(path).length).replaceAll("\\", "/");
}

/** A stage whose program has declared what is to be digested anew. */
export interface RekeyedStage {
  readonly settings: { readonly store: StateStore; readonly app: string; readonly stage: string };
  readonly scope: Scope;
}
