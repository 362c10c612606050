import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Props } from "../../../src/json.ts";
import { changeOf, cloud } from "../../support/run.ts";
import { cloudOf, probe, putProbes } from "../../support/resource/probe.ts";

const named = { ...probe, additionalIdentifiers: [["/properties/Project", "/properties/Name"]] };

const adopted = (DesiredState: Props, adopt: boolean | object = true) =>
  CloudControlResource("probe", { TypeName: probe.typeName, DesiredState, adopt });

const warning = (message: string) =>
  expect.objectContaining({ name: "warning", message: expect.stringContaining(message) });

describe("adopt: { by }", () => {
  test.each([
    [["Name"], { Name: "n7" }],
    [["Name", "Colour"], { Name: "n7", Colour: "red" }],
    [["/Limits/Low"], { Limits: { Low: 7 } }],
    [["Limits"], { Limits: { Low: 7 } }],
  ])("%j finds the one that has the same there", async (by, desired) => {
    const made = await cloudOf([probe]);
    const identifiers = putProbes(made, 9, (i) => ({
      Name: `n${i}`,
      Colour: "red",
      Limits: { Low: i, High: 100 },
    }));
    const report = await made.deploy(() => adopted({ Project: "p", ...desired }, { by }));
    expect(changeOf(report, "probe")).toMatchObject({ move: "adopt", identifier: identifiers[7] });
  });

  test("looks below the parents that the registry's list asks for", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 1, () => ({ Project: "other", Name: "n" }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n" }, { by: ["Name"] }));
    expect(changeOf(report, "probe").move).toBe("create");
    const list = made.emulator.calls.find(({ api }) => api === "ListResources");
    expect(list).toMatchObject({ body: { ResourceModel: '{"Project":"p"}' } });
  });

  test("names what is not stated and finds nothing by it", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 1, () => ({}));
    const report = await made.deploy(() => adopted({ Project: "p" }, { by: ["Name"] }));
    expect(changeOf(report, "probe").move).toBe("create");
    expect(made.events).toContainEqual(warning("adopt.by names Name"));
  });

  test("of nothing at all matches nothing, though there be only one", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 1, () => ({ Name: "n" }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n" }, { by: [] }));
    expect(changeOf(report, "probe").move).toBe("create");
  });

  test("warns of the parent that a list lacks", async () => {
    const made = await cloudOf([probe]);
    await made.deploy(() => adopted({ Name: "n" }, { by: ["Name"] }));
    expect(made.events).toContainEqual(warning("takes Project, which is not stated"));
  });
});

describe("another identifier that the registry names", () => {
  test("finds the one that desired spells out in full", async () => {
    const made = await cloudOf([named]);
    const identifiers = putProbes(made, 3, (i) => ({ Name: `n${i}` }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n1", Colour: "blue" }));
    expect(changeOf(report, "probe")).toMatchObject({ move: "adopt", identifier: identifiers[1] });
    expect(made.emulator.resources()).toHaveLength(3);
  });

  test("serves nobody who does not spell it out", async () => {
    const made = await cloudOf([named]);
    putProbes(made, 1, () => ({ Colour: "red" }));
    const report = await made.deploy(() => adopted({ Project: "p", Colour: "blue" }));
    expect(changeOf(report, "probe").move).toBe("create");
  });
});

describe("a natural key", () => {
  test("may be a tag: a VPC is found by its name, other tags aside", async () => {
    const { deploy, emulator } = await cloud();
    const of = (name: string) => ({
      CidrBlock: "10.0.0.0/16",
      Tags: [
        { Key: "Name", Value: name },
        { Key: "team", Value: "x" },
      ],
    });
    const [, main] = ["spare", "main"].map((name) => emulator.put("AWS::EC2::VPC", of(name)).Identifier);
    const report = await deploy(() =>
      AWS.EC2.VPC("vpc", { CidrBlock: "10.0.0.0/16", Tags: [{ Key: "Name", Value: "main" }], adopt: true }),
    );
    expect(changeOf(report, "vpc")).toMatchObject({ move: "adopt", identifier: main });
  });
});

describe("a search through many", () => {
  test("reads them side by side, at most 20 at a time, and says how many", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api }) => (api === "GetResource" ? { delayMs: 40 } : undefined),
    });
    const identifiers = putProbes(made, 130, (i) => ({ Name: `n${i}` }));
    const startedAt = Date.now();
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n77" }, { by: ["Name"] }));
    expect(changeOf(report, "probe").identifier).toBe(identifiers[77]);
    expect(report.calls["GetResource"]).toBe(130);
    const elapsedMs = Date.now() - startedAt;
    expect(elapsedMs).toBeGreaterThan(6 * 40);
    expect(elapsedMs).toBeLessThan((130 * 40) / 2);
    expect(made.events).toContainEqual(warning("130 were read"));
  });

  test("names every candidate when several match, also across pages", async () => {
    const made = await cloudOf([probe]);
    const identifiers = putProbes(made, 130, (i) => ({ Name: i % 60 === 0 ? "twin" : `n${i}` }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "twin" }, { by: ["Name"] }));
    const { error } = changeOf(report, "probe");
    expect(error?.code).toBe("AMBIGUOUS");
    expect(error?.message).toContain([0, 60, 120].map((i) => identifiers[i]).join(", "));
    expect(made.emulator.resources()).toHaveLength(130);
  });

  test("leaves out what vanishes between list and read", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api }) => {
        if (api === "GetResource")
          for (const id of twins.splice(0, 1)) made.emulator.remove(probe.typeName, id);
        return undefined;
      },
    });
    const twins = putProbes(made, 1, () => ({ Name: "twin" }));
    const [left] = putProbes(made, 1, () => ({ Name: "twin" }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "twin" }, { by: ["Name"] }));
    expect(changeOf(report, "probe")).toMatchObject({ move: "adopt", identifier: left });
  });

  test("goes on past one that may not be read, and says which", async () => {
    const denied = { type: "AccessDeniedException", message: "no acme:GetProbe", status: 400 };
    const made = await cloudOf([probe], {
      faults: ({ api, body }) =>
        api === "GetResource" && JSON.stringify(body).includes(first) ? { error: denied } : undefined,
    });
    const [first = "", second] = putProbes(made, 2, (i) => ({ Name: `n${i}` }));
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n1" }, { by: ["Name"] }));
    expect(changeOf(report, "probe")).toMatchObject({ move: "adopt", identifier: second });
    expect(made.events).toContainEqual(warning(`${first} (ACCESS_DENIED)`));
  });

  test("that may not be listed warns and leaves the rest to the create", async () => {
    const denied = { type: "AccessDeniedException", message: "no acme:ListProbes", status: 400 };
    const made = await cloudOf([probe], {
      faults: ({ api }) => (api === "ListResources" ? { error: denied } : undefined),
    });
    const report = await made.deploy(() => adopted({ Project: "p", Name: "n" }, { by: ["Name"] }));
    expect(changeOf(report, "probe").move).toBe("create");
    expect(made.events).toContainEqual(warning("no acme:ListProbes"));
  });
});
