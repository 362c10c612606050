import { planFileOf } from "../../../src/app/options/plan-file.ts";
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import AWS from "../../../src/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { cloud, movesOf } from "../../support/run.ts";
import { byHand, zone } from "../../support/providers/route53/dns.ts";

describe("what goes wrong on the way", () => {
  const program = async (): Promise<void> => {
    const HostedZoneId = await zone();
    await AWS.Route53.RecordSet("www", {
      HostedZoneId,
      Name: "www.example.com",
      Type: "A",
      TTL: "300",
      ResourceRecords: ["192.0.2.1"],
    });
  };

  test("a lost answer is no second record and no failure", async () => {
    const here = await cloud({
      faults: ({ api, count }) =>
        api === "route53:ChangeResourceRecordSets" && count === 1 ? { dropAfter: true } : undefined,
    });
    const report = await here.deploy(program);
    expect(movesOf(report)).toEqual(["zone: create", "www: create"]);
  });

  test.each([
    ["never came", false],
    ["was made", true],
  ])("a create that was cut off and %s is settled by the next run", async (_, isMade) => {
    const store = memoryStore();
    const here = await cloud({}, store);
    let cut: Entry | undefined;
    const recording: StateStore = {
      ...store,
      open: async (app, stage) => {
        const opened = await store.open(app, stage);
        return {
          ...opened,
          put: (entry) => {
            if (entry.id === "www" && entry.intent && !entry.intent.requestToken) cut ??= entry;
            return opened.put(entry);
          },
        };
      },
    };
    await here.deploy(program, { store: recording });
    const stage = await store.open("test", "dev");
    const zoneEntry = (await stage.entries()).get("zone");
    if (!cut || !zoneEntry) throw new Error("no intent was recorded");
    await stage.put(cut);
    const record: ResourceRecordSet = {
      Name: "www.example.com",
      Type: "A",
      TTL: 300,
      ResourceRecords: [{ Value: "192.0.2.1" }],
    };
    if (!isMade) await byHand(here, zoneEntry.identifier ?? "", "DELETE", record);
    const next = await here.deploy(program);
    expect(movesOf(next)).toEqual(["zone: nothing", "www: nothing"]);
    expect((await here.destroy()).changes.map(({ id, move }) => `${id}: ${move}`)).toEqual([
      "www: delete",
      "zone: delete",
    ]);
  });

  test("a throttle and a request that is not yet complete are waited out", async () => {
    const here = await cloud({
      faults: ({ api, count }) => {
        if (api !== "route53:ChangeResourceRecordSets") return undefined;
        if (count === 1) return { throttle: true };
        const error = {
          type: "PriorRequestNotComplete",
          message: "Your previous request is still in progress.",
        };
        return count === 2 ? { error } : undefined;
      },
    });
    const report = await here.deploy(program);
    expect(movesOf(report)).toEqual(["zone: create", "www: create"]);
  });

  test("a plan writes nothing and the deploy keeps to it", async () => {
    const here = await cloud();
    const plan = await here.deploy(program, { phase: "plan" });
    expect(movesOf(plan)).toEqual(["zone: create", "www: create"]);
    expect(plan.calls["ChangeResourceRecordSets"]).toBeUndefined();
    const report = await here.deploy(program, { plan: planFileOf(plan, 0) });
    expect(report.ok).toBe(true);
  });
});
