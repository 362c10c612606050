import { randomUUID } from "node:crypto";
import { type CloudControl, cloudControl } from "../cloudcontrol/cloud-control.ts";
import { inTurn } from "../cloudcontrol/in-turn.ts";
import { perform } from "../cloudcontrol/perform.ts";
import type { Home } from "../entry.ts";
import { apiGatewayV2 } from "../lookup/api-gateway-v2.ts";
import { registry } from "../registry/registry.ts";
import { withParts } from "../resource/part.ts";
import type { Cloud, Place } from "../scope/scope.ts";
import type { Wire } from "../wire/client.ts";
import type { Clock } from "../wire/clock.ts";
import { admittedAccount } from "./account.ts";
import type { Settings } from "./settings.ts";

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

/** Opens clouds by region and profile, each once. */
export function clouds(settings: Settings): (place: Place) => Promise<Cloud> {
  const open = new Map<string, Promise<Cloud>>();
  const notice = once((message) => settings.listener({ name: "notice", message }));
  return ({ region = settings.region, profile = settings.profile }) => {
    const key = JSON.stringify([region, profile]);
    const cloud = open.get(key) ?? openCloud(settings, { region, profile }, notice);
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

async function openCloud(
  settings: Settings,
  asked: Place,
  notice: (message: string) => void,
): Promise<Cloud> {
  const { clock, endpoints, listener, concurrency } = settings;
  const wire: Wire = { clock, concurrency, onCall: (api) => listener({ name: "call", api }) };
  const control = guarded(settings, cloudControl({ ...asked, endpoint: endpoints.cloudControl }, wire));
  // Where only Cloud Control was sent elsewhere, the other services would speak of another cloud.
  const isElsewhere = (endpoint: string | undefined): boolean =>
    endpoints.cloudControl !== undefined && endpoint === undefined;
  const region = asked.region ?? (await control.region());
  const place = { ...asked, region };
  const schemas = registry({ ...place, endpoint: endpoints.cloudFormation }, wire, {
    schemas: isElsewhere(endpoints.cloudFormation) ? "bundled" : settings.schemas,
    cache: settings.schemaCache,
    now: () => clock.now(),
    onEvent: notice,
  });
  let home = homeOf(region, endpoints.cloudControl);
  const admit = async (): Promise<void> => {
    const account = await admittedAccount(settings, control, place, wire);
    if (account !== undefined) home = { ...home, account };
  };
  let admitting: Promise<void> | undefined;
  const cloud: Cloud = {
    get home() {
      return home;
    },
    admit: () => (admitting ??= admit()),
    control,
    perform: inTurn((attempt) => perform(control, stoppable(clock, settings.signal), attempt), clock),
    lister: isElsewhere(endpoints.apiGatewayV2)
      ? undefined
      : apiGatewayV2({ ...place, endpoint: endpoints.apiGatewayV2 }, wire),
    facts: (type, typeVersionId) => schemas.facts(type, typeVersionId),
  };
  const pause = (ms: number): Promise<unknown> => clock.sleep(ms, settings.signal);
  return withParts(cloud, { newToken: randomUUID, pause, now: () => clock.now() });
}

/** Whatever its program does, a run that withholds its writes sends none: this is the last door. */
function guarded({ withholds }: Settings, control: CloudControl): CloudControl {
  if (!withholds) return control;
  return { ...control, send: () => Promise.reject(new TypeError("a plan never writes")) };
}

/** Pauses between tries end when the run is stopped; those of a follow do not, for it settles what is under way. */
const stoppable = (clock: Clock, signal: AbortSignal | undefined): Clock => ({
  now: () => clock.now(),
  sleep: (ms) => clock.sleep(ms, signal),
});

function homeOf(region: string, endpoint: string | undefined): Home {
  const partition = partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return { region, partition, ...(endpoint !== undefined && { endpoint }) };
}
