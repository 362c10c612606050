import { existsSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import type { Listener } from "../events.ts";
import { type SchemaCache, fileSchemaCache } from "../registry/schema-cache.ts";
import type { Wishes } from "../scope/scope.ts";
import { jsonFileStore } from "../state/json-file.ts";
import type { StateStore } from "../state/store.ts";
import { type Clock, systemClock } from "../wire/clock.ts";
import type { RunOptions } from "./run-options.ts";

/** The environment variables that are read here; the AWS SDK reads its own besides. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A run's options with every default filled in. */
export interface Settings {
  readonly app: string;
  readonly stage: string;
  readonly store: StateStore;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly endpoints: Readonly<
    Record<"cloudControl" | "apiGatewayV2" | "cloudFormation" | "sts", string | undefined>
  >;
  readonly schemas: "live" | "bundled";
  /** Keeps schemas between runs, where state is kept in files. */
  readonly schemaCache: SchemaCache | undefined;
  readonly concurrency: number;
  readonly wishes: Wishes;
  readonly allowedAccounts: readonly string[] | undefined;
  /** Whether reads are real and writes are not. */
  readonly withholds: boolean;
  readonly listener: Listener;
  readonly signal: AbortSignal | undefined;
  /** ms after which the run is stopped. */
  readonly timeout: number | undefined;
  /** By which a run waits and measures; the machine's own, but for tests. */
  readonly clock: Clock;
}

/** Fills in defaults. An option beats its variable; a variable that is empty counts as unset. */
export function settingsOf(
  app: string,
  options: RunOptions,
  environment: Environment,
  script?: string,
): Settings {
  requireSound(options);
  const folder = stateFolder(environment, script);
  return {
    app,
    stage: options.stage ?? (environment["AWAIT_AWS_STAGE"] || "dev"),
    store: options.store ?? jsonFileStore(folder, { key: environment["AWAIT_AWS_STATE_KEY"] }),
    region: options.region ?? (environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || undefined),
    profile: options.profile,
    endpoints: endpointsOf(options.endpoint, environment),
    schemas: options.schemas ?? "live",
    schemaCache: options.store ? undefined : fileSchemaCache(join(folder, ".schemas")),
    concurrency: options.concurrency ?? 100,
    wishes: wishesOf(options),
    allowedAccounts: options.allowedAccounts,
    withholds: false,
    timeout: options.timeout,
    listener: options.onEvent ?? ((): void => undefined),
    signal: options.signal,
    clock: systemClock,
  };
}

function wishesOf({ plan, ...options }: RunOptions): Wishes {
  const { adopt, allowReplace, refresh, warnAfter, grace, cancelOnAbort } = options;
  const { unmanaged, targets, replace, retain } = options;
  const given = {
    adopt,
    allowReplace,
    refresh,
    warnAfter,
    grace,
    cancelOnAbort,
    unmanaged,
    targets,
    replace,
    retain,
  };
  return { ...given, planned: plan };
}

/** What would hang or go astray much later is a slip of the program that called. */
function requireSound({ concurrency, endpoint, timeout, warnAfter, grace }: RunOptions): void {
  for (const [name, ms] of Object.entries({ timeout, warnAfter, grace })) {
    if (ms !== undefined && !(ms >= 0))
      throw new TypeError(`${name} is a number of ms; given was ${String(ms)}`);
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1)) {
    throw new TypeError(`concurrency is a whole number of requests from 1; given was ${String(concurrency)}`);
  }
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new TypeError(
      `endpoint is a URL such as http://127.0.0.1:4566; given was ${JSON.stringify(endpoint)}`,
    );
  }
}

/** A variable for one API beats the one for all. */
function endpointsOf(given: string | undefined, environment: Environment): Settings["endpoints"] {
  const of = (service: string): string | undefined =>
    given ?? (environment[`AWS_ENDPOINT_URL_${service}`] || environment["AWS_ENDPOINT_URL"] || undefined);
  return {
    cloudControl: of("CLOUDCONTROL"),
    apiGatewayV2: of("APIGATEWAYV2"),
    cloudFormation: of("CLOUDFORMATION"),
    sts: of("STS"),
  };
}

function stateFolder(environment: Environment, script: string | undefined): string {
  return resolve(environment["AWAIT_AWS_STATE"] || join(packageFolder(script), "state"));
}

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
