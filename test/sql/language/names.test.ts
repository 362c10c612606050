import { describe, expect, test } from "vitest";
import { bundledFacts, bundledTypes } from "../../../src/schema/bundled.ts";
import { columnsOf } from "../../../src/sql/language/columns.ts";
import {
  liveOf,
  nearestTable,
  pluralOf,
  serviceNames,
  snakeOf,
  tablesOf,
} from "../../../src/sql/language/names.ts";

describe("the names of tables", () => {
  test.each([
    ["IntegrationResponse", "integration_response", "integration_responses"],
    ["VPCEndpoint", "vpc_endpoint", "vpc_endpoints"],
    ["DBCluster", "db_cluster", "db_clusters"],
    ["SecurityGroupIngress", "security_group_ingress", "security_group_ingresses"],
    ["ManagedPolicy", "managed_policy", "managed_policies"],
    ["NetworkInsightsAnalysis", "network_insights_analysis", "network_insights_analyses"],
    ["Gateway", "gateway", "gateways"],
    ["EventBus", "event_bus", "event_buses"],
    ["Alias", "alias", "aliases"],
    ["VdmAttributes", "vdm_attributes", "vdm_attributes"],
    ["TargetGroupARNs", "target_group_arns", "target_group_arns"],
  ])("%s is %s, and many are %s", (type, one, many) => {
    expect([snakeOf(type), pluralOf(snakeOf(type))]).toEqual([one, many]);
  });

  test("stand for one type each: every type has a table, and no two share one", () => {
    const types = bundledTypes();
    const tables = serviceNames().flatMap((service) =>
      [...(tablesOf(service)?.tables ?? [])].map(([name, live]) => ({
        id: `aws.${service}.${name}`,
        ...live,
      })),
    );
    expect(new Set(serviceNames()).size).toBe(serviceNames().length);
    expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
    const counts = new Map<string, number>();
    for (const { type } of tables) counts.set(type, (counts.get(type) ?? 0) + 1);
    const alike = types.filter((type) => counts.get(type) === 1).length;
    expect([...counts.keys()].toSorted()).toEqual([...types].toSorted());
    // 1,805 types of 305 services; 26 of them are plurals by name, and have one table for both.
    expect(types.length).toBeGreaterThan(1_489);
    expect(tables.length).toBe(2 * types.length - alike);
    for (const { id, type } of tables.filter((_, i) => i % 40 === 0)) expect(liveOf(id)?.type).toBe(type);
  });

  test("are found by AWS's own spelling too", () => {
    for (const type of bundledTypes())
      expect(liveOf(type)).toEqual({ type, access: "either", spelling: "aws" });
  });

  test.each([
    ["aws.sqs.quees", "aws.sqs.queues"],
    ["aws.sqss.queues", "aws.sqs.queues"],
    ["state_machines", "aws.stepfunctions.state_machines"],
    ["aws.apigatewayv2.integration_responsess", "aws.apigatewayv2.integration_responses"],
  ])("%s was probably meant as %s", (given, meant) => {
    expect(nearestTable(given)).toBe(meant);
  });
});

describe("the columns of every type", () => {
  test.each(["snake", "aws"] as const)(
    "have names of their own in %s case, for SQLite heeds no case",
    (spelling) => {
      const twice = bundledTypes().filter((type) => {
        const names = columnsOf(bundledFacts(type) ?? {}, spelling).map(({ name }) => name.toLowerCase());
        return new Set(names).size !== names.length;
      });
      expect(twice).toEqual([]);
    },
  );

  test("say which app has recorded it, under another name where the type has that property", () => {
    const named = (type: string): string[] =>
      columnsOf(bundledFacts(type) ?? {}, "snake").map(({ name }) => name);
    expect(named("AWS::SQS::Queue")).toEqual(expect.arrayContaining(["managed", "app", "stage", "id"]));
    expect(named("AWS::ApiGatewayV2::ApiMapping")).toEqual(
      expect.arrayContaining(["stage", "record__stage"]),
    );
    expect(named("AWS::SNS::Subscription")).toEqual(expect.arrayContaining(["region", "data__region"]));
  });
});
