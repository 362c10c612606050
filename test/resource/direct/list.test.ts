import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import type { Props } from "../../../src/json.ts";
import { cloud } from "../../support/run.ts";
import { asked, cloudOf, probe, putProbes } from "../../support/resource/probe.ts";

const Probe = resourceFunction<Props, Props, "Id">(probe.typeName);

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe("list", () => {
  test("gives rows in the order of the list, however long each takes to read", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api, count }) => (api === "GetResource" ? { delayMs: (count * 7) % 23 } : undefined),
    });
    const identifiers = putProbes(made, 60, (i) => ({ Name: `n${i}` }));
    const rows = await asked(made, () => all(Probe.list({ Project: "p" })));
    expect(rows.map(({ Id }) => Id)).toEqual(identifiers);
    expect(rows.map(({ Name }) => Name)).toEqual(identifiers.map((_, i) => `n${i}`));
  });

  test("asks no more than it has room for when its reader stops early", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 90, (i) => ({ Name: `n${i}` }));
    await asked(made, async () => {
      for await (const row of Probe.list({ Project: "p" })) if (row["Name"] === "n2") break;
    });
    const reads = made.emulator.calls.filter(({ api }) => api === "GetResource").length;
    expect(reads).toBeLessThanOrEqual(23);
  });

  test("asks nothing before the first row is", async () => {
    const made = await cloud();
    await asked(made, async () => void AWS.Logs.LogGroup.list());
    expect(made.emulator.calls).toEqual([]);
  });

  test("leaves out what vanishes between list and read", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api, count }) => {
        if (api === "GetResource" && count === 1) made.emulator.remove(probe.typeName, identifiers[4] ?? "");
        return undefined;
      },
    });
    const identifiers = putProbes(made, 30, () => ({}));
    const rows = await asked(made, () => all(Probe.list({ Project: "p" })));
    expect(rows.map(({ Id }) => Id)).toEqual(identifiers.filter((_, i) => i !== 4));
  });

  test("fails with what a read fails with, after the rows before it", async () => {
    const denied = { type: "AccessDeniedException", message: "no acme:GetProbe", status: 400 };
    const made = await cloudOf([probe], {
      faults: ({ api, body }) =>
        api === "GetResource" && JSON.stringify(body).includes(identifiers[2] ?? "none")
          ? { error: denied }
          : undefined,
    });
    const identifiers = putProbes(made, 5, () => ({}));
    const rows: Props[] = [];
    await made.deploy(async () => {
      const reading = async () => {
        for await (const row of Probe.list({ Project: "p" })) rows.push(row);
      };
      await expect(reading()).rejects.toMatchObject({ code: "ACCESS_DENIED", type: probe.typeName });
    });
    expect(rows.map(({ Id }) => Id)).toEqual(identifiers.slice(0, 2));
  });

  test("stops when its signal says so", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 90, () => ({}));
    const stop = new AbortController();
    await made.deploy(async () => {
      const reading = async () => {
        for await (const _ of Probe.list({ Project: "p" }, { signal: stop.signal })) stop.abort();
      };
      await expect(reading()).rejects.toMatchObject({ code: "ABORTED" });
    });
  });

  test("takes either parent where the list takes one of several", async () => {
    const handlers = {
      ...probe.handlers,
      list: { handlerSchema: { oneOf: [{ required: ["Project"] }, { required: ["Colour"] }] } },
    };
    const made = await cloudOf([{ ...probe, handlers }]);
    const identifiers = putProbes(made, 2, (i) => ({ Colour: i === 0 ? "red" : "blue" }));
    const rows = await asked(made, () => all(Probe.list({ Colour: "blue" })));
    expect(rows.map(({ Id }) => Id)).toEqual([identifiers[1]]);
    await made.deploy(() =>
      expect(all(Probe.list({ Name: "n" }))).rejects.toThrow(/takes Project, or Colour, which is missing/),
    );
  });
});
