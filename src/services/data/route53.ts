import { byKeys, byNameTag } from "../natural-key.ts";
import type { Notes } from "../note.ts";

const reading = ["route53:GetHostedZone", "route53:ListHostedZonesByName", "route53:ListResourceRecordSets"];
const writing = ["route53:ChangeResourceRecordSets", "route53:GetChange"];

/** What tells record sets of one name and type apart, of which each takes one. */
const routing = [
  "CidrRoutingConfig",
  "Failover",
  "GeoLocation",
  "GeoProximityLocation",
  "MultiValueAnswer",
  "Region",
  "Weight",
];

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const recordTypes = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

/** A read shows a DNS name in lower case and with a dot at its end. */
const dnsName = (name: string): string => {
  const dotted = `$join([${name}, "."])`;
  return [name, dotted, `$lowercase(${name})`, `$lowercase(${dotted})`].join(" $OR ");
};

/** https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export const route53: Notes = {
  "AWS::Route53::CidrCollection": { naturalKeys: [byKeys("Name")] },
  // The console's name of a health check is its tag.
  "AWS::Route53::HealthCheck": { naturalKeys: [byNameTag()] },
  // A read shows the name with a dot at its end: the registry's propertyTransform says so.
  "AWS::Route53::HostedZone": {
    naturalKeys: [byKeys("Name")],
    registry: { propertyTransform: { "/Name": dnsName("Name") } },
  },
  // Cloud Control has no handlers for it: written through ChangeResourceRecordSets (alchemy-async #1225).
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53-recordset.html
  "AWS::Route53::RecordSet": {
    listNeeds: ["HostedZoneId"],
    sharedWrites: "HostedZoneId",
    facts: {
      primaryIdentifier: ["/Name", "/HostedZoneId", "/Type", "/SetIdentifier"],
      optionalIdentifier: ["/SetIdentifier"],
      identifierAliases: { "/HostedZoneId": "/HostedZoneName" },
      readOnly: [],
      // Of the batch that made it: no read shows it.
      writeOnly: ["/Comment"],
      createOnly: ["/HostedZoneId", "/Name"],
      // Another name of the zone's; only that of another zone makes another record set.
      conditionalCreateOnly: ["/HostedZoneName"],
      unordered: ["/ResourceRecords"],
      propertyTransform: {
        "/Name": dnsName("Name"),
        "/HostedZoneName": dnsName("HostedZoneName"),
        "/AliasTarget/DNSName": dnsName("DNSName"),
      },
      handlers: ["create", "read", "update", "delete", "list"],
      permissions: {
        create: [...reading, ...writing],
        read: reading,
        update: [...reading, ...writing],
        delete: [...reading, ...writing],
        list: reading,
      },
    },
    references: {
      "/HostedZoneId": [{ type: "AWS::Route53::HostedZone", property: "Id" }],
      "/HostedZoneName": [{ type: "AWS::Route53::HostedZone", property: "Name" }],
      "/CidrRoutingConfig/CollectionId": [{ type: "AWS::Route53::CidrCollection", property: "Id" }],
    },
    checks: [{ at: "/TTL", form: String.raw`\d{1,10}`, takes: "whole seconds", severity: "error" }],
    choices: [
      { of: ["HostedZoneId", "HostedZoneName"], least: 1, most: 2 },
      { of: ["ResourceRecords", "AliasTarget"], least: 1 },
      { of: ["TTL", "AliasTarget"], least: 1 },
      { of: routing, least: 0, needs: "SetIdentifier" },
    ],
    values: { Type: recordTypes, Failover: ["PRIMARY", "SECONDARY"] },
  },
};
