import {
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AWS } from "../../../src/index.ts";
import { isMotoInstalled, startMoto } from "../../support/moto.ts";
import { cloud, movesOf } from "../../support/run.ts";

describe.skipIf(!isMotoInstalled)("against moto_server (skipped where it is not installed)", () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let client: Route53Client;

  beforeAll(async () => {
    moto = await startMoto();
    client = new Route53Client({ endpoint: moto.url, region: "us-east-1" });
  }, 60_000);

  afterAll(() => {
    client.destroy();
    moto.server.kill();
  });

  test.each([
    ["simple", {}],
    ["weighted", { SetIdentifier: "blue", Weight: 10 }],
  ])("a %s record set is made, adopted, changed, drifts and is deleted", async (name, policy) => {
    const made = await client.send(
      new CreateHostedZoneCommand({ Name: `${name}.example`, CallerReference: name }),
    );
    const HostedZoneId = (made.HostedZone?.Id ?? "").replace("/hostedzone/", "");
    const here = await cloud();
    // Cloud Control is the emulator's, Route 53 is moto's.
    const { url } = here.emulator;
    for (const service of ["CLOUDCONTROL", "CLOUDFORMATION", "STS"])
      vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, url);
    vi.stubEnv("AWS_ENDPOINT_URL_ROUTE_53", moto.url);
    const program =
      (address: string, more: object = {}) =>
      async () => {
        await AWS.Route53.RecordSet("www", {
          HostedZoneName: `${name}.example`,
          Name: `www.${name}.example`,
          Type: "A",
          TTL: "60",
          ResourceRecords: [address],
          ...policy,
          ...more,
        });
      };
    const run = { endpoint: undefined };
    expect(movesOf(await here.deploy(program("192.0.2.1"), run))).toEqual(["www: create"]);
    expect(movesOf(await here.deploy(program("192.0.2.1"), { ...run, refresh: true }))).toEqual([
      "www: nothing",
    ]);
    expect(movesOf(await here.deploy(program("192.0.2.2"), run))).toEqual(["www: update"]);
    const adopting = { ...run, stage: "other" };
    const forced = { adopt: { force: true } };
    expect(movesOf(await here.deploy(program("192.0.2.2"), adopting))).toEqual(["www: ALREADY_EXISTS"]);
    expect(movesOf(await here.deploy(program("192.0.2.3", forced), adopting))).toEqual(["www: adopt"]);
    const drift = await here.deploy(program("192.0.2.2"), { ...run, phase: "drift" });
    expect(drift.changes[0]).toMatchObject({ drift: "drifted", paths: ["/ResourceRecords"] });
    expect(movesOf(await here.destroy(run))).toEqual(["www: delete"]);
    const left = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
    expect(left.ResourceRecordSets?.map(({ Type }) => Type).toSorted()).toEqual(["NS", "SOA"]);
    vi.unstubAllEnvs();
  });
});
