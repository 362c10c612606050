// The CloudFormation model of a DNS record set, and the same in Route 53's own shape.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53-recordset.html
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { ResourceError } from "../../errors.ts";
import { type Json, type Props, isList, isProps } from "../../json.ts";
import { identifierOf, partsOf } from "../../schema/identifier.ts";
import type { Facts } from "../../schema/facts.ts";
import { noteOf } from "../../services/notes.ts";

/** The type that Cloud Control has no handlers for. */
export const recordSetType = "AWS::Route53::RecordSet";

/** What tells one record set of a zone from another. */
export interface RecordSetKey {
  /** The zone's id (`Z…`) or its name. */
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly setIdentifier: string | undefined;
}

const facts = (): Facts => noteOf(recordSetType)?.facts ?? {};

/** Reads an identifier: `Name|HostedZoneId|Type`, and `|SetIdentifier` where there are several of one name. */
export function recordSetKeyOf(identifier: string): RecordSetKey {
  const parts = partsOf(facts(), identifier);
  if (!parts) {
    throw new ResourceError(
      "VALIDATION",
      `${JSON.stringify(identifier)} is no Name|HostedZoneId|Type of a record set`,
    );
  }
  const { Name: name = "", HostedZoneId: zone = "", Type: type = "", SetIdentifier } = parts;
  return { name, zone, type, setIdentifier: SetIdentifier };
}

/** The key of a model; a zone goes by its name where its id is not stated. */
export function recordSetKeyIn(model: Props): RecordSetKey {
  const text = (name: string): string | undefined =>
    typeof model[name] === "string" ? model[name] : undefined;
  const zone = text("HostedZoneId") ?? text("HostedZoneName") ?? "";
  return {
    zone,
    name: text("Name") ?? "",
    type: text("Type") ?? "",
    setIdentifier: text("SetIdentifier"),
  };
}

/** The identifier of a model that states the id of its zone. */
export const recordSetIdentifierOf = (model: Props): string | undefined => identifierOf(facts(), model);

/**
 * A DNS name as Route 53 keeps it: lower case, a dot at its end, and no octal codes, which its answers have in place of
 * `*` and other characters. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function plainName(name: string): string {
  const decoded = name.replaceAll(/\\(\d{3})/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 8)),
  );
  const lower = decoded.toLowerCase();
  return lower.endsWith(".") ? lower : `${lower}.`;
}

/** Tells whether a record set is the one with this key, whatever the zone. */
export function isNamedBy(set: ResourceRecordSet, { name, type, setIdentifier }: RecordSetKey): boolean {
  return (
    plainName(set.Name ?? "") === plainName(name) && set.Type === type && set.SetIdentifier === setIdentifier
  );
}

/** The zone of a record set. */
export interface Zone {
  readonly id: string;
  /** With its dot; undefined where the caller may not read it. */
  readonly name?: string | undefined;
}

/** The model of a record set as Route 53 tells it. */
export function modelOf(set: ResourceRecordSet, zone: Zone): Props {
  const { Name = "", TTL, ResourceRecords, AliasTarget, TrafficPolicyInstanceId: _, ...rest } = set;
  const values = (ResourceRecords ?? []).map(({ Value = "" }) => Value);
  return plainProps({
    ...rest,
    HostedZoneId: zone.id,
    ...(zone.name !== undefined && { HostedZoneName: plainName(zone.name) }),
    Name: plainName(Name),
    ...(TTL !== undefined && { TTL: String(TTL) }),
    ...(values.length > 0 && { ResourceRecords: values }),
    ...(AliasTarget && { AliasTarget: { ...AliasTarget, DNSName: plainName(AliasTarget.DNSName ?? "") } }),
  });
}

/** The record set that a model asks for, in Route 53's own shape. */
export function recordSetOf(model: Props): ResourceRecordSet {
  const {
    HostedZoneId: _,
    HostedZoneName: __,
    Comment: ___,
    TTL,
    ResourceRecords,
    AliasTarget,
    Name,
    ...rest
  } = model;
  const alias = isProps(AliasTarget) ? { EvaluateTargetHealth: false, ...AliasTarget } : undefined;
  const records = isList(ResourceRecords) ? ResourceRecords.map((Value) => ({ Value })) : undefined;
  const asked = {
    ...rest,
    // In the form in which it is listed, so that it is found whatever does the listing.
    ...(typeof Name === "string" && { Name: plainName(Name) }),
    ...(TTL !== undefined && { TTL: secondsIn(TTL) }),
    ...(records && { ResourceRecords: records }),
    ...(alias && { AliasTarget: alias }),
  };
  // Checked against the type's members before: what the SDK takes beyond them it sends as it is.
  return plainProps(asked) as Props & ResourceRecordSet;
}

/** Tells whether a record set is as asked; what Route 53 fills in does not make it another. */
export const isSameRecordSet = (asked: ResourceRecordSet, set: ResourceRecordSet): boolean =>
  JSON.stringify(sortMembers(comparable(asked))) === JSON.stringify(sortMembers(comparable(set)));

function comparable(set: ResourceRecordSet): Props {
  const { HostedZoneId: _, ResourceRecords, ...rest } = modelOf(set, { id: "" });
  const records = isList(ResourceRecords) ? ResourceRecords.map(String).toSorted() : undefined;
  return { ...rest, ...(records && { ResourceRecords: records }) };
}

function sortMembers(value: Json): Json {
  if (isList(value)) return value.map(sortMembers);
  if (!isProps(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sortMembers(value[name] ?? null)]));
}

function secondsIn(ttl: Json): number {
  const seconds = Number(ttl);
  if (/^\d+$/.test(typeof ttl === "object" ? "" : String(ttl)) && seconds <= 2_147_483_647) return seconds;
  throw new ResourceError("VALIDATION", `TTL takes whole seconds; given was ${JSON.stringify(ttl)}`, {
    paths: ["/TTL"],
  });
}

/** Without the members that are undefined, of which the SDK's shapes are full. */
function plainProps(value: object): Props {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return isProps(plain) ? plain : {};
}
