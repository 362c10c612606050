import { cloudControl } from "../cloudcontrol/cloud-control.ts";
import { perform } from "../cloudcontrol/perform.ts";
import type { Home } from "../entry.ts";
import { apiGatewayV2 } from "../lookup/api-gateway-v2.ts";
import type { Cloud, Place } from "../scope/scope.ts";
import type { Wire } from "../wire/client.ts";
import { systemClock } from "../wire/clock.ts";
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
  return ({ region = settings.region, profile = settings.profile }) => {
    const key = JSON.stringify([region, profile]);
    const cloud = open.get(key) ?? openCloud(settings, { region, profile });
    open.set(key, cloud);
    return cloud;
  };
}

async function openCloud(settings: Settings, place: Place): Promise<Cloud> {
  const { endpoints, listener, concurrency } = settings;
  const wire: Wire = { clock: systemClock, concurrency, onCall: (api) => listener({ name: "call", api }) };
  const control = cloudControl({ ...place, endpoint: endpoints.cloudControl }, wire);
  // Where only Cloud Control was sent elsewhere, the real service's own list would be of another cloud.
  const besideIt = endpoints.cloudControl === undefined || endpoints.apiGatewayV2 !== undefined;
  const region = place.region ?? (await control.region());
  return {
    home: homeOf(region, endpoints.cloudControl),
    control,
    perform: (attempt) => perform(control, systemClock, attempt),
    lister: besideIt ? apiGatewayV2({ ...place, region, endpoint: endpoints.apiGatewayV2 }, wire) : undefined,
  };
}

function homeOf(region: string, endpoint: string | undefined): Home {
  const partition = partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return { region, partition, ...(endpoint !== undefined && { endpoint }) };
}
