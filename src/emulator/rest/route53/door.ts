import { randomUUID } from "node:crypto";
import { type Props, isList, isProps } from "../../../json.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import type { Resource } from "../../cloud/resource.ts";
import { Refusal } from "../../cloud/refusal.ts";
import type { Door, Incoming, Reply } from "../../doors/door.ts";
import { changeZone } from "./change.ts";
import { answer, bodyOf, refusalReply } from "./xml.ts";
import { inOrder, keptName, recordSetType, recordSetsOf, zoneName, zoneOf } from "./zone.ts";

// https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html

interface ListQuery {
  readonly cloud: Cloud;
  readonly id: string;
  readonly incoming: Incoming;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: ListQuery) => Reply;
}

const routes: readonly Route[] = [
  {
    name: "ChangeResourceRecordSets",
    method: "POST",
    path: /^\/2013-04-01\/hostedzone\/([^/]+)\/rrset\/?$/,
    answer: change,
  },
  {
    name: "ListResourceRecordSets",
    method: "GET",
    path: /^\/2013-04-01\/hostedzone\/([^/]+)\/rrset$/,
    answer: list,
  },
  { name: "GetHostedZone", method: "GET", path: /^\/2013-04-01\/hostedzone\/([^/]+)$/, answer: getZone },
  { name: "GetChange", method: "GET", path: /^\/2013-04-01\/change\/([^/]+)$/, answer: getChange },
  {
    name: "ListHostedZonesByName",
    method: "GET",
    path: /^\/2013-04-01\/hostedzonesbyname()$/,
    answer: byName,
  },
];

/** Opens Route 53 for paths of its version: record sets, their changes, and zones by name. */
export function route53(incoming: Incoming): Door | undefined {
  if (!incoming.path.startsWith("/2013-04-01/")) return undefined;
  const route = routes.find(({ method, path }) => method === incoming.method && path.test(incoming.path));
  const id = route?.path.exec(incoming.path)?.[1] ?? "";
  const isRead = incoming.method === "GET";
  return {
    api: `route53:${route?.name ?? `${incoming.method} ${incoming.path}`}`,
    body: isRead ? Object.fromEntries(incoming.query) : incoming.text,
    ...(id !== "" && { target: id }),
    answer: (cloud) => {
      if (!route)
        throw new Refusal("UnknownOperationException", "The emulator knows no such path of Route 53", 404);
      return route.answer({ cloud, id, incoming });
    },
    refuse: refusalReply,
    throttled: new Refusal("Throttling", "Rate exceeded"),
    unsigned: new Refusal("MissingAuthenticationToken", "Missing Authentication Token", 403),
  };
}

/** The instants at which changes were submitted stand in their ids: nothing else of them is asked. */
function change({ cloud, id, incoming }: ListQuery): Reply {
  const { ChangeBatch: batch } = bodyOf(incoming.text, "ChangeResourceRecordSetsRequest");
  const given = isProps(batch) && isProps(batch["Changes"]) ? batch["Changes"]["Change"] : undefined;
  const changes = isList(given) ? given.filter(isProps) : [];
  changeZone(cloud, zoneOf(cloud, id), changes);
  const at = cloud.settings.now();
  const suffix = randomUUID().slice(0, 8).toUpperCase();
  return answer(200, "ChangeResourceRecordSetsResponse", {
    ChangeInfo: infoOf(cloud, `C${at.toString(36).toUpperCase()}X${suffix}`, at),
  });
}

function getChange({ cloud, id }: ListQuery): Reply {
  const [, stamp] = /^C([0-9A-Z]+)X[0-9A-F]{8}$/.exec(id) ?? [];
  if (stamp === undefined) throw new Refusal("NoSuchChange", `A change with ID ${id} does not exist.`, 404);
  return answer(200, "GetChangeResponse", { ChangeInfo: infoOf(cloud, id, parseInt(stamp, 36)) });
}

function infoOf({ settings }: Cloud, id: string, submittedAt: number): Props {
  const isInSync = settings.now() - submittedAt >= settings.operationMs("UPDATE", recordSetType);
  return {
    Id: `/change/${id}`,
    Status: isInSync ? "INSYNC" : "PENDING",
    SubmittedAt: new Date(submittedAt).toISOString(),
  };
}

function list({ cloud, id, incoming: { query } }: ListQuery): Reply {
  const sets = recordSetsOf(cloud, zoneOf(cloud, id));
  const start = startOf(query);
  const from = start ? sets.filter((set) => inOrder(set, start) >= 0) : sets;
  const size = Math.min(300, Math.max(1, Number(query.get("maxitems") ?? 300)));
  const next = from[size];
  return answer(200, "ListResourceRecordSetsResponse", {
    ResourceRecordSets: from.slice(0, size),
    IsTruncated: String(next !== undefined),
    ...(next && {
      NextRecordName: next["Name"] ?? "",
      NextRecordType: next["Type"] ?? "",
      ...(next["SetIdentifier"] !== undefined && { NextRecordIdentifier: next["SetIdentifier"] }),
    }),
    MaxItems: String(size),
  });
}

function startOf(query: URLSearchParams): Props | undefined {
  const [name, type, identifier] = ["name", "type", "identifier"].map((part) => query.get(part) ?? undefined);
  if (name === undefined) return undefined;
  if (identifier !== undefined && type === undefined) {
    throw new Refusal("InvalidInput", "The input is not valid: a record identifier needs a record type");
  }
  return {
    Name: keptName(name),
    ...(type !== undefined && { Type: type }),
    ...(identifier !== undefined && { SetIdentifier: identifier }),
  };
}

function getZone({ cloud, id }: ListQuery): Reply {
  const zone = zoneOf(cloud, id);
  return answer(200, "GetHostedZoneResponse", { HostedZone: zoneText(cloud, zone) });
}

const zoneText = (cloud: Cloud, zone: Resource): Props => ({
  Id: `/hostedzone/${zone.identifier}`,
  Name: zoneName(zone),
  CallerReference: zone.identifier,
  ResourceRecordSetCount: String(recordSetsOf(cloud, zone).length),
});

function byName({ cloud, incoming: { query } }: ListQuery): Reply {
  const zones = cloud.all("AWS::Route53::HostedZone").map((zone) => ({ zone, name: zoneName(zone) }));
  const reverseName = (name: string): string => name.split(".").toReversed().join(".");
  const from = reverseName(keptName(query.get("dnsname") ?? ""));
  const found = zones
    .filter(({ name }) => query.get("dnsname") === null || reverseName(name) >= from)
    .toSorted((a, b) => (reverseName(a.name) < reverseName(b.name) ? -1 : 1))
    .slice(0, 100);
  return answer(200, "ListHostedZonesByNameResponse", {
    HostedZones: found.map(({ zone }) => zoneText(cloud, zone)),
    ...(query.get("dnsname") !== null && { DNSName: query.get("dnsname") ?? "" }),
    IsTruncated: "false",
    MaxItems: "100",
  });
}
