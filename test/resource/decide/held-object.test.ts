import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import type { Props } from "../../../src/json.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";

/** As AWS::Pipes::Pipe is where its reads show no SourceParameters. */
const facts: Facts = {
  type: "Test::Pipes::Pipe",
  primaryIdentifier: ["/Name"],
  createOnly: ["/Name", "/Source/Kafka/Topic"],
  writeOnly: ["/Source"],
  members: {
    properties: { Name: "string", Description: "string", Source: { ref: "Source" } },
    required: ["Name"],
  },
  definitions: {
    Source: { properties: { Kafka: { ref: "Kafka" } } },
    Kafka: { properties: { Topic: "string", Size: "integer" }, required: ["Topic"] },
  },
};

const pipes = (): Promise<Cloud> => cloud({ facts: (type) => (type === facts.type ? facts : undefined) });

const pipe =
  (Description: string, Kafka: Props, more: { readonly adopt?: boolean } = {}) =>
  () =>
    CloudControlResource("pipe", {
      TypeName: "Test::Pipes::Pipe",
      DesiredState: { Name: "pipe", Description, Source: { Kafka } },
      allowReplace: true,
      ...more,
    });

const warningsIn = ({ events }: Cloud): string[] =>
  events.flatMap((event) => (event.name === "warning" ? [event.message] : []));

describe("a resource with a hidden object that must hold what is fixed at creation", () => {
  test("is changed elsewhere without it", async () => {
    const here = await pipes();
    await here.deploy(pipe("old", { Topic: "orders", Size: 1 }));
    expect(movesOf(await here.deploy(pipe("new", { Topic: "orders", Size: 1 })))).toEqual(["pipe: update"]);
    expect((await here.deploy(pipe("new", { Topic: "orders", Size: 1 }))).calls).toEqual({});
  });

  test("is not said to be changed in it", async () => {
    const here = await pipes();
    await here.deploy(pipe("old", { Topic: "orders", Size: 1 }));
    const report = await here.deploy(pipe("old", { Topic: "orders", Size: 2 }));
    expect(movesOf(report)).toEqual(["pipe: NOT_UPDATABLE"]);
    expect(report.changes[0]?.error?.message).toContain("/Source");
    // It may be replaced, and is not unless somebody says so: the advice must not send its user in a circle.
    expect(report.changes[0]?.error?.advice).not.toContain("allowReplace");
    const replaced = await here.deploy(pipe("old", { Topic: "orders", Size: 2 }), { replace: ["pipe"] });
    expect(movesOf(replaced)).toEqual(["pipe: replace"]);
  });

  test("is replaced for what is fixed in it", async () => {
    const here = await pipes();
    await here.deploy(pipe("old", { Topic: "orders", Size: 1 }));
    const report = await here.deploy(pipe("old", { Topic: "others", Size: 1 }));
    expect(movesOf(report)).toEqual(["pipe: replace"]);
    expect(report.changes[0]?.because).toMatchObject([{ path: "/Source/Kafka/Topic" }]);
  });

  test("is taken over with that left as it is", async () => {
    const here = await pipes();
    here.emulator.put("Test::Pipes::Pipe", { Name: "pipe", Source: { Kafka: { Topic: "orders" } } });
    const adopting = pipe("new", { Topic: "orders", Size: 1 }, { adopt: true });
    expect(movesOf(await here.deploy(adopting))).toEqual(["pipe: adopt"]);
    expect((await here.deploy(adopting)).calls).toEqual({});
    expect(warningsIn(here)).toEqual([expect.stringMatching(/^\/Source\/Kafka\/Size is shown by no read/)]);
  });

  test("is taken over by a later run where the first takeover failed half-way", async () => {
    const here = await cloud({
      facts: (type) => (type === facts.type ? facts : undefined),
      faults: ({ api, count }) =>
        api === "UpdateResource" && count === 1 ? { failWith: { code: "NotStabilized" } } : undefined,
    });
    here.emulator.put("Test::Pipes::Pipe", { Name: "pipe", Source: { Kafka: { Topic: "orders" } } });
    const adopting = pipe("new", { Topic: "orders", Size: 1 }, { adopt: true });
    expect(movesOf(await here.deploy(adopting))).toEqual(["pipe: NOT_STABILIZED"]);
    expect(movesOf(await here.deploy(adopting))).toEqual(["pipe: update"]);
    expect((await here.deploy(adopting)).calls).toEqual({});
    expect(movesOf(await here.deploy(pipe("new", { Topic: "orders", Size: 2 })))).toEqual([
      "pipe: NOT_UPDATABLE",
    ]);
  });
});
