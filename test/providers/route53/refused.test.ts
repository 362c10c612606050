import { describe, expect, onTestFinished, test, vi } from "vitest";
import AWS, { isResourceError } from "../../../src/index.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";
import { zone } from "../../support/providers/route53/dns.ts";

describe("bad input", () => {
  const refused = async (props: object): Promise<string> => {
    const here = await cloud();
    const report = await here.deploy(async () => {
      await AWS.Route53.RecordSet("r", props as never).catch((error: unknown) => {
        if (!isResourceError(error)) throw error;
      });
    });
    expect(report.calls["ChangeResourceRecordSets"] ?? 0).toBe(0);
    const { error } = changeOf(report, "r");
    return `${error?.code}: ${error?.message}`;
  };
  const a = { Name: "a.example.com", Type: "A", TTL: "60", ResourceRecords: ["192.0.2.1"] };

  test.each([
    ["no zone", a, /^VALIDATION: .*HostedZoneId.*HostedZoneName/],
    [
      "a zone of no such name",
      { ...a, HostedZoneName: "nowhere.example" },
      /^PARENT_NOT_FOUND: .*nowhere\.example/,
    ],
    [
      "neither records nor alias",
      { HostedZoneId: "Z123", Name: "a.example.com", Type: "A" },
      /^VALIDATION: .*ResourceRecords.*AliasTarget/,
    ],
    ["records without a TTL", { ...a, TTL: undefined, HostedZoneId: "Z123" }, /^VALIDATION: .*TTL/],
    ["a TTL that is no number", { ...a, TTL: "an hour", HostedZoneId: "Z123" }, /^VALIDATION: .*TTL/],
    [
      "two routing policies",
      { ...a, HostedZoneId: "Z123", Weight: 1, Region: "eu-west-1", SetIdentifier: "x" },
      /^VALIDATION: .*(Weight|Region)/,
    ],
    [
      "a policy without SetIdentifier",
      { ...a, HostedZoneId: "Z123", Weight: 1 },
      /^VALIDATION: .*SetIdentifier/,
    ],
  ])("%s is refused before anything is changed", async (_, props, words) => {
    expect(await refused(props)).toMatch(words);
  });

  test("what the service refuses fails with its words", async () => {
    const here = await cloud();
    const report = await here.deploy(async () => {
      const HostedZoneId = await zone();
      const bad = [
        { Name: "b.example.com", Type: "A", TTL: "60", ResourceRecords: ["not an address"] },
        { Name: "c.example.org", Type: "A", TTL: "60", ResourceRecords: ["192.0.2.1"] },
        { Name: "example.com", Type: "CNAME", TTL: "60", ResourceRecords: ["x.example.net"] },
        { Name: "t.example.com", Type: "TXT", TTL: "60", ResourceRecords: ["no quotes"] },
      ];
      await Promise.allSettled(
        bad.map((props, i) => AWS.Route53.RecordSet(`bad${i}`, { HostedZoneId, ...props })),
      );
    });
    const codes = report.changes.filter(({ error }) => error).map(({ error }) => error?.code);
    expect(codes).toEqual(["INVALID_REQUEST", "INVALID_REQUEST", "INVALID_REQUEST", "INVALID_REQUEST"]);
    expect((await here.destroy()).ok).toBe(true);
  });
});

test("where Cloud Control alone has an endpoint, no record is written into the real Route 53", async () => {
  const here = await cloud();
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDCONTROL", here.emulator.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const www = { Name: "www.example.com", Type: "A", TTL: "60", ResourceRecords: ["192.0.2.1"] };
  const report = await here.deploy(() => AWS.Route53.RecordSet("www", { HostedZoneId: "Z1", ...www }), {
    endpoint: undefined,
  });
  expect(movesOf(report)).toEqual(["www: UNSUPPORTED_TYPE"]);
  expect(changeOf(report, "www").error?.message).toContain("AWS_ENDPOINT_URL_ROUTE_53");
});
