import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { describe, expect, test } from "vitest";
import AWS from "../../../src/index.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../../run.ts";
import { byHand, zone } from "./dns.ts";

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

  test("that changes between the read and the write is read again, and the other's change kept", async () => {
    let isFirst = true;
    let id = "";
    const here: Cloud = await cloud();
    id = await zoneOf(here);
    await here.deploy(async () => {
      await zone();
      await AWS.Route53.RecordSet("www", { HostedZoneId: id, ...www });
    });
    const report = await here.deploy(
      async () => {
        await zone();
        await AWS.Route53.RecordSet("www", { HostedZoneId: id, ...www, TTL: "120" });
      },
      {
        onEvent: (event) => {
          // The batch is about to be sent: somebody is faster.
          if (event.name !== "call" || event.api !== "ChangeResourceRecordSets" || !isFirst) return;
          isFirst = false;
          race = byHand(here, id, "UPSERT", {
            ...theirs,
            TTL: 60,
            ResourceRecords: [{ Value: "203.0.113.5" }],
          });
        },
      },
    );
    await race;
    expect(report.ok).toBe(true);
  });
  let race: Promise<void> = Promise.resolve();

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
