import { randomUUID } from "node:crypto";
import { type CloudControl, cloudControl } from "../../cloudcontrol/cloud-control.ts";
import { shareWrites } from "../../cloudcontrol/shared-writes.ts";
import { perform } from "../../cloudcontrol/perform.ts";
import type { Home } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import { apiGatewayV2 } from "../../lookup/api-gateway-v2.ts";
import { type Caller, askCaller } from "../../lookup/caller.ts";
import { openRegistry } from "../../registry/registry.ts";
import { closedProvider, withProviders } from "../../providers/provider.ts";
import { recordSetType } from "../../providers/route53/model.ts";
import { recordSets } from "../../providers/route53/record-sets.ts";
import type { Event } from "../../events.ts";
import { withParts } from "../../parts/cloud.ts";
import type { Cloud, CallPlace } from "../../scope/scope.ts";
import type { Wire } from "../../wire/client.ts";
import type { Clock } from "../../wire/clock.ts";
import type { AnsweredRequest } from "../../wire/observe.ts";
import type { Wait } from "../../wire/waits.ts";
import { makeTurns } from "./turns.ts";
import type { Lessons } from "./learned.ts";
import { admitAccount, requireSts } from "./account.ts";
import type { Endpoints, Settings } from "../options/settings.ts";
import type { JointOptions } from "../options/joint-options.ts";

/** Partitions by the beginning of their regions; every other region is in `aws`. */
const partitions: readonly (readonly [string, string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** Opens clouds by region, profile and endpoint, each once. */
export function openClouds(
  settings: Settings,
  joint: JointOptions,
  lessons: Lessons,
  noteCaller: (caller: Caller) => void,
): (place: CallPlace) => Promise<Cloud> {
  const open = new Map<string, Promise<Cloud>>();
  const notice = once((message) => settings.listener({ name: "notice", message }));
  return (asked) => {
    const { region = joint.place.region ?? settings.region, profile = joint.place.profile } = asked;
    const place = { region, profile, endpoint: joint.place.endpoint };
    const key = JSON.stringify([region, profile, place.endpoint]);
    const cloud = open.get(key) ?? openCloud({ settings, joint, place, notice, lessons, noteCaller });
    open.set(key, cloud);
    return cloud;
  };
}

/** However many clouds a run opens, it says but once that a registry was silent. */
function once(tell: (message: string) => void): (message: string) => void {
  let said = false;
  return (message) => {
    if (!said) tell(message);
    said = true;
  };
}

/** Why nothing seems to happen. */
function waitText({ api, why, elapsedMs, others }: Wait): string {
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return `waiting for ${api}${more} for ${Math.round(elapsedMs / 1000)} s: ${why}`;
}

interface CloudOpening {
  readonly settings: Settings;
  readonly joint: JointOptions;
  readonly place: JointOptions["place"];
  readonly notice: (message: string) => void;
  readonly lessons: Lessons;
  /** Told whose credentials are used, whenever that is known. */
  readonly noteCaller: (caller: Caller) => void;
}

async function openCloud(opening: CloudOpening): Promise<Cloud> {
  const { settings, joint, place: asked, notice, lessons, noteCaller } = opening;
  const { clock } = settings;
  const endpoints = asked.endpoint === undefined ? settings.endpoints : everyAt(asked.endpoint);
  const wire = wireOf(settings);
  // Where only Cloud Control was sent elsewhere, the other services would speak of another cloud.
  const isElsewhere = (endpoint?: string): boolean => endpoints.cloudControl !== undefined && !endpoint;
  const dns = isElsewhere(endpoints.route53)
    ? closedProvider(recordSetType, elsewhere("ROUTE_53"))
    : recordSets({ ...asked, endpoint: endpoints.route53 }, wire);
  const where = { ...asked, endpoint: endpoints.cloudControl };
  const served = cloudControl(where, wire, await lessons.of(where));
  const control = refuseWritesWhere(settings, withProviders(served, [dns]));
  const region = asked.region ?? (await control.region());
  const place = { region, profile: asked.profile };
  const schemas = openRegistry({ ...place, endpoint: endpoints.cloudFormation }, wire, {
    schemas: isElsewhere(endpoints.cloudFormation) ? "bundled" : settings.schemas,
    cache: settings.schemaCache,
    now: () => clock.now(),
    onEvent: notice,
  });
  let home = homeOf(region, endpoints.cloudControl);
  const ask = (): Promise<Caller> => askCaller({ ...place, endpoint: endpoints.sts }, wire);
  const admit = async (allowedAccounts: JointOptions["allowedAccounts"]): Promise<void> => {
    const admitted = await admitAccount({ allowedAccounts, endpoints }, control, place, wire);
    if (!admitted) return;
    noteCaller(admitted);
    home = { ...home, account: admitted.account };
  };
  const admitOnce = onceFor(() => joint.allowedAccounts, admit);
  const cloud: Cloud = {
    get home() {
      return home;
    },
    admit: admitOnce,
    requireAllowed: async () => {
      if (joint.allowedAccounts !== undefined) await admitOnce();
    },
    account: accountOf(endpoints, noteCaller, ask),
    control,
    turns: makeTurns(2 * settings.concurrency),
    perform: shareWrites((attempt) => perform(control, stoppable(clock, settings.signal), attempt), clock),
    lister: isElsewhere(endpoints.apiGatewayV2)
      ? undefined
      : apiGatewayV2({ ...place, endpoint: endpoints.apiGatewayV2 }, wire),
    facts: (type, typeVersionId) => schemas.facts(type, typeVersionId),
  };
  const pause = (ms: number): Promise<unknown> => clock.sleep(ms, settings.signal);
  return withParts(cloud, { newToken: randomUUID, pause, now: () => clock.now() });
}

/** Asks whose account it is, once. */
function accountOf(
  endpoints: Endpoints,
  noteCaller: CloudOpening["noteCaller"],
  ask: () => Promise<Caller>,
): () => Promise<string> {
  let whose: Promise<Caller> | undefined;
  return async () => {
    requireSts(endpoints);
    const caller = await (whose ??= ask());
    noteCaller(caller);
    return caller.account;
  };
}

/** Asks once, and anew where what is asked with has changed since: a guard that has become stricter. */
function onceFor<T>(valueOf: () => T, ask: (value: T) => Promise<void>): () => Promise<void> {
  const asked = new Map<T, Promise<void>>();
  return () => {
    const value = valueOf();
    const answer = asked.get(value) ?? ask(value);
    asked.set(value, answer);
    return answer;
  };
}

const elsewhere = (service: string): ResourceError =>
  new ResourceError(
    "UNSUPPORTED_TYPE",
    "Cloud Control has an endpoint of its own, and this type's service has none",
    {
      advice: `Set AWS_ENDPOINT_URL_${service}, or AWS_ENDPOINT_URL for every service.`,
    },
  );

const wireOf = ({ clock, concurrency, signal, listener }: Settings): Wire => ({
  clock,
  concurrency,
  signal,
  onCall: (api) => listener({ name: "call", api }),
  onAnswer: (request) => listener(traceOf(request)),
  onWait: (wait) => listener({ name: "notice", message: waitText(wait) }),
});

/** A request as it is told of; what is not known is left out. */
function traceOf({ api, attempt, ms, ...known }: AnsweredRequest): Event {
  const { type, identifier, clientToken, requestToken, code } = known;
  return {
    name: "request",
    api,
    ...(type !== undefined && { type }),
    ...(identifier !== undefined && { identifier }),
    ...(clientToken !== undefined && { clientToken }),
    ...(requestToken !== undefined && { requestToken }),
    attempt,
    ms,
    ...(code !== undefined && { code }),
  };
}

const everyAt = (endpoint: string): Endpoints => ({
  cloudControl: endpoint,
  apiGatewayV2: endpoint,
  cloudFormation: endpoint,
  route53: endpoint,
  sts: endpoint,
});

/** Whatever its program does, a run that withholds its writes sends none: this is the last door. */
function refuseWritesWhere({ withholds }: Settings, control: CloudControl): CloudControl {
  if (!withholds) return control;
  return { ...control, send: refuseWrite, resend: refuseWrite };
}

const refuseWrite = (): Promise<never> => Promise.reject(new Error("a plan never writes"));

/** Pauses between tries end when the run is stopped; those of a follow do not, for it settles what is under way. */
const stoppable = (clock: Clock, signal: AbortSignal | undefined): Clock => ({
  now: () => clock.now(),
  sleep: (ms) => clock.sleep(ms, signal),
});

function homeOf(region: string, endpoint: string | undefined): Home {
  const partition = partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return { region, partition, ...(endpoint !== undefined && { endpoint }) };
}
