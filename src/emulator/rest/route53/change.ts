import { isIPv4, isIPv6 } from "node:net";
import { type Props, equal, isList, isProps } from "../../../json.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { Refusal } from "../../cloud/refusal.ts";
import type { Resource } from "../../cloud/resource.ts";
import { keptName, keyOf, place, recordSetsOf, take, textAt, zoneName } from "./zone.ts";

// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html: a batch is made whole or
// not at all, its changes one after another.

interface Change {
  readonly action: string;
  readonly set: Props;
}

/** Makes a batch of changes in a zone, or refuses all of it. */
export function changeZone(cloud: Cloud, zone: Resource, changes: readonly Props[]): void {
  const before = recordSetsOf(cloud, zone);
  const sets = new Map(before.map((set) => [keyOf(set), set]));
  const asked = changes.map(changeOf);
  const messages = asked.flatMap((change) => apply(sets, change, zoneName(zone)) ?? []);
  if (asked.length === 0) throw new Refusal("InvalidInput", "Invalid request: Expected at least one Change");
  if (messages.length > 0) throw new Refusal("InvalidChangeBatch", `[${messages.join(", ")}]`);
  for (const set of before) if (!sets.has(keyOf(set))) take(cloud, zone.identifier, set);
  for (const set of sets.values()) if (!before.includes(set)) place(cloud, zone.identifier, set);
}

function changeOf(change: Props): Change {
  const { ResourceRecordSet: given } = change;
  const action = textAt(change, "Action") ?? "";
  if (!isProps(given) || !["CREATE", "DELETE", "UPSERT"].includes(action)) {
    throw new Refusal("InvalidInput", "Invalid XML ; a Change holds an Action and a ResourceRecordSet");
  }
  const { ResourceRecords: records, AliasTarget: alias, ...rest } = given;
  const items = isProps(records) && isList(records["ResourceRecord"]) ? records["ResourceRecord"] : undefined;
  const name = keptName(textAt(given, "Name") ?? "");
  const target = isProps(alias) ? { ...alias, DNSName: keptName(textAt(alias, "DNSName") ?? "") } : undefined;
  const set = {
    ...rest,
    Name: name,
    ...(items && { ResourceRecords: items }),
    ...(target && { AliasTarget: target }),
  };
  return { action, set };
}

/** Applies one change; returns why it cannot be. */
function apply(sets: Map<string, Props>, { action, set }: Change, zone: string): string | undefined {
  const key = keyOf(set);
  const there = sets.get(key);
  if (action === "DELETE") {
    if (!there) return `Tried to delete resource record set [${nameOfSet(set)}] but it was not found`;
    if (!equal(comparable(there), comparable(set))) {
      return `Tried to delete resource record set [${nameOfSet(set)}] but the values provided do not match the current values`;
    }
    if (isApex(set, zone))
      return `A HostedZone must contain at least one ${textAt(set, "Type")} record for the zone itself.`;
    sets.delete(key);
    return undefined;
  }
  if (action === "CREATE" && there) {
    return `Tried to create resource record set [${nameOfSet(set)}] but it already exists`;
  }
  const others = [...sets.values()].filter((other) => keyOf(other) !== key);
  const refused = objectionTo(set, others, zone);
  if (refused === undefined) sets.set(key, set);
  return refused;
}

const isApex = (set: Props, zone: string): boolean =>
  textAt(set, "Name") === zone && ["NS", "SOA"].includes(textAt(set, "Type") ?? "");

function nameOfSet(set: Props): string {
  const own = textAt(set, "SetIdentifier");
  const more = own === undefined ? "" : `, set identifier='${own}'`;
  return `name='${textAt(set, "Name")}', type='${textAt(set, "Type")}'${more}`;
}

/** Records have no order. */
function comparable(set: Props): Props {
  const { ResourceRecords: records } = set;
  if (!isList(records)) return set;
  return { ...set, ResourceRecords: records.map((one) => textAt(one, "Value") ?? "").toSorted() };
}

const routing = [
  "CidrRoutingConfig",
  "Failover",
  "GeoLocation",
  "GeoProximityLocation",
  "MultiValueAnswer",
  "Region",
  "Weight",
];

function objectionTo(set: Props, others: readonly Props[], zone: string): string | undefined {
  const [name = "", type = "", own] = ["Name", "Type", "SetIdentifier"].map((member) => textAt(set, member));
  const beside = others.filter((other) => textAt(other, "Name") === name);
  if (name !== zone && !name.endsWith(`.${zone}`)) {
    return `RRSet with DNS name ${name} is not permitted in zone ${zone}`;
  }
  if (type === "CNAME" && name === zone) {
    return `RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zone}`;
  }
  const others_ = beside.filter((other) => textAt(other, "Type") !== type);
  if (type === "CNAME" ? others_.length > 0 : others_.some((other) => textAt(other, "Type") === "CNAME")) {
    return `RRSet of type ${type} with DNS name ${name} is not permitted because a conflicting RRSet of type ${textAt(others_[0], "Type")} with the same DNS name already exists in zone ${zone}`;
  }
  const same = beside.filter((other) => textAt(other, "Type") === type);
  if (same.some((other) => (textAt(other, "SetIdentifier") === undefined) !== (own === undefined))) {
    return `RRSet with DNS name ${name}, type ${type}, SetIdentifier ${own ?? "null"} cannot be created as other RRSets exist with the same name and type.`;
  }
  return misformOf(set);
}

function misformOf(set: Props): string | undefined {
  const { ResourceRecords: records, AliasTarget: alias, TTL: ttl } = set;
  const type = textAt(set, "Type") ?? "";
  const policies = routing.filter((member) => set[member] !== undefined);
  if ((alias === undefined) === (records === undefined)) {
    return "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none or more than one";
  }
  if (records !== undefined && ttl === undefined) {
    return `Invalid request: Missing field 'TTL' in Change with [Action=CREATE, Name=${textAt(set, "Name")}, Type=${type}]`;
  }
  if (alias !== undefined && ttl !== undefined)
    return "Invalid request: Expected no field 'TTL' beside AliasTarget";
  if (policies.length > 1 || (policies.length === 1) !== (set["SetIdentifier"] !== undefined)) {
    return "Invalid request: Expected exactly one routing policy with a SetIdentifier, and neither without the other";
  }
  const values = (isList(records) ? records : []).map((one) => textAt(one, "Value") ?? "");
  const bad = values.find((value) => !isValue(type, value));
  return bad === undefined
    ? undefined
    : `Invalid Resource Record: 'FATAL problem: ${problemOf(type)} encountered with '${bad}''`;
}

const isValue = (type: string, value: string): boolean =>
  type === "A"
    ? isIPv4(value)
    : type === "AAAA"
      ? isIPv6(value)
      : type === "TXT" || type === "SPF"
        ? /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/.test(value)
        : value !== "";

function problemOf(type: string): string {
  if (type === "A") return "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)";
  if (type === "AAAA") return "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)";
  return "InvalidCharacterString (Value should be enclosed in quotation marks)";
}
