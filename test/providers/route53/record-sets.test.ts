import { describe, expect, test } from "vitest";
import AWS from "../../../src/index.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";
import { callsOf, zone } from "../../support/providers/route53/dns.ts";

describe("a record set", () => {
  test("is made, left alone, changed and deleted like any other resource", async () => {
    const here = await cloud();
    const calls = callsOf(here);
    const program = (address: string) => async () => {
      const HostedZoneId = await zone();
      const www = await AWS.Route53.RecordSet("www", {
        HostedZoneId,
        Name: "www.example.com",
        Type: "A",
        TTL: "300",
        ResourceRecords: [address],
      });
      expect(www.Name).toBe("www.example.com.");
      expect(www.identifier).toBe(`www.example.com.|${HostedZoneId.Id}|A`);
    };
    const made = await here.deploy(program("192.0.2.1"));
    expect(movesOf(made)).toEqual(["zone: create", "www: create"]);
    expect(calls()["ChangeResourceRecordSets"]).toBe(1);

    const again = await here.deploy(program("192.0.2.1"));
    expect(movesOf(again)).toEqual(["zone: nothing", "www: nothing"]);
    expect(again.calls).toEqual({});

    const changed = await here.deploy(program("192.0.2.2"));
    expect(movesOf(changed)).toEqual(["zone: nothing", "www: update"]);
    expect(changeOf(changed, "www").patch?.map(({ path }) => path)).toEqual(["/ResourceRecords"]);

    const gone = await here.destroy();
    expect(movesOf(gone)).toEqual(["www: delete", "zone: delete"]);
  });

  test("is followed until every name server answers with it", async () => {
    const here = await cloud({ operationMs: 400 });
    const report = await here.deploy(async () => {
      const HostedZoneId = await zone();
      await AWS.Route53.RecordSet("txt", {
        HostedZoneId,
        Name: "example.com",
        Type: "TXT",
        TTL: "60",
        ResourceRecords: ['"v=spf1 -all"'],
      });
    });
    expect(report.ok).toBe(true);
    expect(report.calls["GetChange"]).toBeGreaterThan(0);
  });

  test("may name its zone rather than the zone's id, and changes type and name in one batch", async () => {
    const here = await cloud();
    const program = (record: object) => async () => {
      await zone();
      await AWS.Route53.RecordSet("app", {
        HostedZoneName: "example.com.",
        Name: "App.example.com",
        ...record,
      } as never);
    };
    await here.deploy(program({ Type: "CNAME", TTL: "60", ResourceRecords: ["elsewhere.example.net"] }));
    const calls = callsOf(here);
    calls();
    const report = await here.deploy(
      program({ Type: "A", AliasTarget: { DNSName: "d1.cloudfront.net", HostedZoneId: "Z2FDTNDATAQYW2" } }),
    );
    expect(movesOf(report)).toEqual(["zone: nothing", "app: update"]);
    expect(calls()["ChangeResourceRecordSets"]).toBe(1);
    expect(changeOf(report, "app").identifier).toMatch(/^app\.example\.com\.\|Z\w+\|A$/);
    const empty = await here.deploy(
      program({ Type: "A", AliasTarget: { DNSName: "d1.cloudfront.net", HostedZoneId: "Z2FDTNDATAQYW2" } }),
    );
    expect(movesOf(empty)).toEqual(["zone: nothing", "app: nothing"]);
    expect((await here.destroy()).ok).toBe(true);
  });

  const simple = { Name: "a.example.com", Type: "A", TTL: "60", ResourceRecords: ["192.0.2.9"] };
  const policies: [string, object][] = [
    ["weighted", { SetIdentifier: "blue", Weight: 0 }],
    ["by latency", { SetIdentifier: "frankfurt", Region: "eu-central-1" }],
    ["failover", { SetIdentifier: "first", Failover: "PRIMARY" }],
    ["by place", { SetIdentifier: "germany", GeoLocation: { CountryCode: "DE" } }],
    ["multivalue", { SetIdentifier: "one", MultiValueAnswer: true }],
    [
      "by address",
      { SetIdentifier: "office", CidrRoutingConfig: { CollectionId: "c-1", LocationName: "office" } },
    ],
  ];
  test.each(policies)(
    "with a routing policy (%s) is settled after one run and drifts when changed",
    async (_, policy) => {
      const here = await cloud();
      const program = async (): Promise<void> => {
        const HostedZoneId = await zone();
        await AWS.Route53.RecordSet("r", { HostedZoneId, ...simple, ...policy } as never);
      };
      const first = await here.deploy(program);
      expect(movesOf(first)).toEqual(["zone: create", "r: create"]);
      const refreshed = await here.deploy(program, { refresh: true });
      expect(movesOf(refreshed)).toEqual(["zone: nothing", "r: nothing"]);
      expect((await here.destroy()).ok).toBe(true);
    },
  );

  test("several of one name live side by side", async () => {
    const here = await cloud();
    const report = await here.deploy(async () => {
      const HostedZoneId = await zone();
      const both = ["blue", "green"].map((SetIdentifier, i) =>
        AWS.Route53.RecordSet(SetIdentifier, { HostedZoneId, ...simple, SetIdentifier, Weight: i * 10 }),
      );
      await Promise.all(both);
      const found = await AWS.Route53.RecordSet.get({
        Name: "a.example.com",
        HostedZoneId: HostedZoneId.Id,
        Type: "A",
        SetIdentifier: "green",
      });
      expect(found.Weight).toBe(10);
    });
    expect(report.ok).toBe(true);
  });

  test("with a star reads as it was written", async () => {
    const here = await cloud();
    const program = async (): Promise<void> => {
      const HostedZoneId = await zone();
      await AWS.Route53.RecordSet("any", { HostedZoneId, ...simple, Name: "*.example.com" });
    };
    await here.deploy(program);
    const second = await here.deploy(program, { refresh: true });
    expect(movesOf(second)).toEqual(["zone: nothing", "any: nothing"]);
  });
});
