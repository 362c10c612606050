import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import type { Props } from "../../../src/json.ts";
import { cloud, movesOf } from "../../support/run.ts";

describe("a script that spells anew what no read shows", () => {
  const definition = (SchemaDefinition: string) => () =>
    AWS.Glue.Schema("orders", {
      Name: "orders",
      DataFormat: "JSON",
      Compatibility: "NONE",
      SchemaDefinition,
      allowReplace: true,
    });

  test("replaces no schema for its white space or the order of its keys", async () => {
    const here = await cloud();
    await here.deploy(definition('{"type":"object","title":"order"}'));
    const respelt = definition('{ "title": "order", "type": "object" }');
    expect(movesOf(await here.deploy(respelt))).toEqual(["orders: nothing"]);
    expect(movesOf(await here.deploy(respelt, { refresh: true }))).toEqual(["orders: nothing"]);
    expect(movesOf(await here.deploy(definition('{"type":"array"}')))).toEqual(["orders: replace"]);
  });

  const lists: readonly (readonly [string, Props, string])[] = [
    [
      "AWS::ElastiCache::ServerlessCache",
      { ServerlessCacheName: "c", Engine: "redis" },
      "SnapshotArnsToRestore",
    ],
    [
      "AWS::ElastiCache::ReplicationGroup",
      { ReplicationGroupId: "g", ReplicationGroupDescription: "d" },
      "SnapshotArns",
    ],
    [
      "AWS::MemoryDB::Cluster",
      { ClusterName: "m", NodeType: "db.t4g.small", ACLName: "open" },
      "SnapshotArns",
    ],
  ];

  test.each(lists)("replaces no %s for the order of a list", async (TypeName, props, list) => {
    const here = await cloud();
    const asked = (items: readonly string[]) => () =>
      CloudControlResource("it", { TypeName, DesiredState: { ...props, [list]: items }, allowReplace: true });
    const [a, b] = ["arn:aws:s3:::snapshots/a.rdb", "arn:aws:s3:::snapshots/b.rdb"];
    await here.deploy(asked([a, b]));
    expect(movesOf(await here.deploy(asked([b, a]), { refresh: true }))).toEqual(["it: nothing"]);
    expect(here.emulator.calls.filter(({ api }) => /^(Delete|Update)/.test(api))).toEqual([]);
  });
});
