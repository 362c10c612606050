import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { describe, expect, test } from "vitest";
import type { IncomingCall } from "../../../src/emulator/index.ts";
import AWS from "../../../src/index.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../../support/run.ts";
import { byHand, zone } from "../../support/providers/route53/dns.ts";

describe("what is there already", () => {
  const www = { Name: "www.example.com", Type: "A", TTL: "60", ResourceRecords: ["192.0.2.1"] } as const;
  const theirs: ResourceRecordSet = {
    Name: "www.example.com",
    Type: "A",
    TTL: 3600,
    ResourceRecords: [{ Value: "198.51.100.7" }],
  };

  test("is not taken unasked", async () => {
    const here = await cloud();
    const id = await zoneOf(here);
    await byHand(here, id, "CREATE", theirs);
    const report = await here.deploy(async () => {
      await zone();
      await AWS.Route53.RecordSet("www", { HostedZoneId: id, ...www });
    });
    expect(movesOf(report)).toEqual(["zone: nothing", "www: ALREADY_EXISTS"]);
    expect((await here.destroy()).changes.map((change) => change.id)).toEqual(["zone"]);
    expect((await setsOf(here, id)).length).toBe(3);
  });

  test("is adopted, by the zone's id or its name, and patched where it differs", async () => {
    for (const by of ["id", "name"]) {
      const here = await cloud();
      const id = await zoneOf(here);
      await byHand(here, id, "CREATE", theirs);
      const report = await here.deploy(async () => {
        await zone();
        const where = by === "id" ? { HostedZoneId: id } : { HostedZoneName: "example.com" };
        await AWS.Route53.RecordSet("www", { ...where, ...www, adopt: true });
      });
      expect(movesOf(report)).toEqual(["zone: nothing", "www: adopt"]);
      expect(
        changeOf(report, "www")
          .patch?.map(({ path }) => path)
          .toSorted(),
      ).toEqual(["/ResourceRecords", "/TTL"]);
    }
  });

  test("is found, listed page by page, updated and deleted without state", async () => {
    const here = await cloud();
    const id = await zoneOf(here);
    await here.deploy(async () => {
      await zone();
      for (let i = 0; i < 310; i += 1)
        await byHand(here, id, "CREATE", { ...theirs, Name: `n${i}.example.com` });
      let count = 0;
      for await (const one of AWS.Route53.RecordSet.list({ HostedZoneId: id }))
        count += one.Type === "A" ? 1 : 0;
      expect(count).toBe(310);
      const found = await AWS.Route53.RecordSet.find({ HostedZoneId: id, Name: "n7.example.com", Type: "A" });
      expect(found?.TTL).toBe("3600");
      const updated = await AWS.Route53.RecordSet.update(found?.identifier ?? "", { TTL: "60" });
      expect(updated.TTL).toBe("60");
      await AWS.Route53.RecordSet.delete(found?.identifier ?? "");
      await AWS.Route53.RecordSet.delete(found?.identifier ?? "");
      const none = await AWS.Route53.RecordSet.find({ HostedZoneId: id, Name: "n7.example.com", Type: "A" });
      expect(none).toBeUndefined();
    });
  });

  test("that changes between the read and the write is read again, and the change is made all the same", async () => {
    const isSlow = ({ api, count }: IncomingCall): boolean =>
      api === "route53:ChangeResourceRecordSets" && count === 2;
    const here = await cloud({ faults: (call) => (isSlow(call) ? { delayMs: 500 } : undefined) });
    const id = await zoneOf(here);
    const program = (TTL: string) => async () => {
      await zone();
      await AWS.Route53.RecordSet("www", { HostedZoneId: id, ...www, TTL });
    };
    await here.deploy(program("60"));
    let race: Promise<void> | undefined;
    const report = await here.deploy(program("120"), {
      onEvent: (event) => {
        if (event.name !== "call" || event.api !== "ChangeResourceRecordSets") return;
        // While the batch is on its way, somebody is faster.
        race ??= byHand(here, id, "UPSERT", { ...theirs, TTL: 60 });
      },
    });
    await race;
    expect(movesOf(report)).toEqual(["zone: nothing", "www: update"]);
    expect(here.emulator.calls.filter(({ api }) => api === "route53:ChangeResourceRecordSets")).toHaveLength(
      4,
    );
  });

  test("drifts, and is repaired", async () => {
    const here = await cloud();
    const id = await zoneOf(here);
    const program = async (): Promise<void> => {
      await zone();
      await AWS.Route53.RecordSet("www", { HostedZoneId: id, ...www });
    };
    await here.deploy(program);
    await byHand(here, id, "UPSERT", theirs);
    const drift = await here.deploy(program, { phase: "drift" });
    expect(changeOf(drift, "www")).toMatchObject({ drift: "drifted", paths: ["/ResourceRecords", "/TTL"] });
    const repaired = await here.deploy(program, { refresh: true });
    expect(movesOf(repaired)).toEqual(["zone: nothing", "www: update"]);
  });

  async function zoneOf(here: Cloud): Promise<string> {
    let id = "";
    await here.deploy(async () => {
      id = (await zone()).Id;
    });
    return id;
  }

  async function setsOf(here: Cloud, id: string): Promise<unknown[]> {
    const all: unknown[] = [];
    await here.deploy(async () => {
      for await (const one of AWS.Route53.RecordSet.list({ HostedZoneId: id })) all.push(one);
    });
    return all;
  }
});
