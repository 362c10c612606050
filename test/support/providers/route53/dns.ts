import {
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import AWS from "../../../../src/index.ts";
import type { Cloud } from "../../run.ts";

/** Declares the zone that records of tests live in. */
export const zone = (): ReturnType<typeof AWS.Route53.HostedZone> =>
  AWS.Route53.HostedZone("zone", { Name: "example.com" });

/** Changes a record set behind the engine's back. */
export async function byHand(
  { emulator }: Cloud,
  HostedZoneId: string,
  Action: "CREATE" | "UPSERT" | "DELETE",
  ResourceRecordSet: ResourceRecordSet,
): Promise<void> {
  const client = new Route53Client({ region: "us-east-1", endpoint: emulator.url });
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
}

/** How often each API of Route 53 was called since the last time. */
export function callsOf({ emulator }: Cloud): () => Record<string, number> {
  let from = 0;
  return () => {
    const apis = emulator.calls.slice(from).map(({ api }) => api);
    from = emulator.calls.length;
    const own = apis.filter((api) => api.startsWith("route53:"));
    return Object.fromEntries(
      [...new Set(own)].map((api) => [api.slice(8), own.filter((one) => one === api).length]),
    );
  };
}
