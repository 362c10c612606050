import { type Json, type Props, isList, isProps } from "../../../json.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { Refusal } from "../../cloud/refusal.ts";
import type { Resource } from "../../cloud/resource.ts";

/** The type under which record sets are kept here. Cloud Control has no handlers for it. */
export const recordSetType = "AWS::Route53::RecordSet";

/** The text of a member. */
export const textAt = (value: Json | undefined, name: string): string | undefined => {
  const text = isProps(value) ? value[name] : undefined;
  return typeof text === "string" ? text : undefined;
};

/** A DNS name as it is kept: lower case, a dot at its end, octal codes for all but letters, digits, `-`, `_` and `.`. */
export function keptName(name: string): string {
  const plain = name.replaceAll(/\\([0-3][0-7]{2})/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 8)),
  );
  const whole = plain.toLowerCase().endsWith(".") ? plain.toLowerCase() : `${plain.toLowerCase()}.`;
  return whole.replaceAll(/[^a-z0-9._-]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/** The hosted zone with an id, or the service's refusal. */
export function zoneOf(cloud: Cloud, id: string): Resource {
  const zone = cloud.find("AWS::Route53::HostedZone", id);
  if (zone) return zone;
  throw new Refusal("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
}

/** The name of a zone, with its dot. */
export const zoneName = ({ model }: Resource): string => keptName(textAt(model, "Name") ?? "");

/** What tells record sets of one zone apart. */
export const keyOf = (set: Props): string =>
  JSON.stringify([textAt(set, "Name"), textAt(set, "Type"), textAt(set, "SetIdentifier")]);

/** Every record set of a zone in Route 53's order: by the labels of the name from the right, by type, by set. */
export function recordSetsOf(cloud: Cloud, zone: Resource): Props[] {
  const own = cloud
    .all(recordSetType)
    .filter(({ model }) => model["zone"] === zone.identifier)
    .flatMap(({ model }) => (isProps(model["set"]) ? [model["set"]] : []));
  const keys = new Set(own.map(keyOf));
  return [...apexOf(zone).filter((set) => !keys.has(keyOf(set))), ...own].toSorted(inOrder);
}

/** The sets that every zone is made with. */
function apexOf(zone: Resource): Props[] {
  const { NameServers: given } = zone.model;
  const servers = isList(given) ? given.map(String) : ["ns-1.awsdns-01.org", "ns-2.awsdns-02.co.uk"];
  const Name = zoneName(zone);
  const soa = `${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { Name, Type: "NS", TTL: "172800", ResourceRecords: servers.map((Value) => ({ Value: `${Value}.` })) },
    { Name, Type: "SOA", TTL: "900", ResourceRecords: [{ Value: soa }] },
  ];
}

const placeOf = (set: Props): string[] => [
  (textAt(set, "Name") ?? "").split(".").toReversed().join("."),
  textAt(set, "Type") ?? "",
  textAt(set, "SetIdentifier") ?? "",
];

/** Compares two record sets by where they stand in a list. */
export function inOrder(a: Props, b: Props): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  const at = left.findIndex((part, i) => part !== right[i]);
  if (at < 0) return 0;
  return (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
}

/** Keeps a record set in its zone. */
export function place(cloud: Cloud, zone: string, set: Props): void {
  const createdAt = cloud.settings.now();
  cloud.place({ type: recordSetType, identifier: `${zone} ${keyOf(set)}`, model: { zone, set }, createdAt });
}

/** Takes a record set out of its zone. */
export function take(cloud: Cloud, zone: string, set: Props): void {
  const found = cloud.find(recordSetType, `${zone} ${keyOf(set)}`);
  if (found) cloud.take(found);
}
