import { describe, expect, test } from "vitest";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import { openDesk, signed } from "../../support/emulator/desk.ts";

// https://docs.aws.amazon.com/Route53/latest/APIReference/: exact status, code and words, over plain HTTP.

interface Got {
  readonly status: number;
  readonly text: string;
}

interface Zone {
  readonly id: string;
  readonly call: (method: string, path: string, body?: string) => Promise<Got>;
  /** Sends a batch of changes for the zone. */
  readonly change: (...changes: string[]) => Promise<Got>;
  readonly wait: (ms: number) => void;
}

async function zone(): Promise<Zone> {
  const { emulator, wait } = await openDesk({ facts: bundledFacts });
  const call: Zone["call"] = async (method, path, body) => {
    const init = { method, headers: signed, ...(body !== undefined && { body }) };
    const response = await fetch(`${emulator.url}/2013-04-01${path}`, init);
    return { status: response.status, text: await response.text() };
  };
  const { Identifier: id } = emulator.put("AWS::Route53::HostedZone", { Name: "example.com" });
  return {
    id,
    call,
    wait,
    change: (...changes) => call("POST", `/hostedzone/${id}/rrset/`, batch(...changes)),
  };
}

const record = (action: string, name: string, value: string, ttl = 60): string =>
  `<Change><Action>${action}</Action><ResourceRecordSet><Name>${name}</Name><Type>A</Type><TTL>${ttl}</TTL>` +
  `<ResourceRecords><ResourceRecord><Value>${value}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>`;

const batch = (...changes: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">` +
  `<ChangeBatch><Changes>${changes.join("")}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;

const names = ({ text }: Got): string[] =>
  [...text.matchAll(/<ResourceRecordSet><Name>([^<]+)<\/Name><Type>(\w+)</g)].map(
    ([, name, type]) => `${name} ${type}`,
  );

describe("Route 53", () => {
  test("a zone begins with its name servers and its authority", async () => {
    const { id, call } = await zone();
    const { status, text } = await call("GET", `/hostedzone/${id}/rrset`);
    expect(status).toBe(200);
    expect(names({ status, text })).toEqual(["example.com. NS", "example.com. SOA"]);
    expect(text).toContain("<IsTruncated>false</IsTruncated>");
  });

  test("a zone that is not there is 404 NoSuchHostedZone", async () => {
    const { call } = await zone();
    const got = await call("GET", "/hostedzone/Z000/rrset");
    expect(got.status).toBe(404);
    expect(got.text).toContain(
      "<Code>NoSuchHostedZone</Code><Message>No hosted zone found with ID: Z000</Message>",
    );
  });

  test("a change is PENDING until it has spread", async () => {
    const { change, call, wait } = await zone();
    const { text } = await change(record("CREATE", "www.example.com", "192.0.2.1"));
    expect(text).toContain("<Status>PENDING</Status>");
    const path = /<Id>(\/change\/\w+)<\/Id>/.exec(text)?.[1] ?? "";
    expect((await call("GET", path)).text).toContain("<Status>PENDING</Status>");
    wait(60_000);
    expect((await call("GET", path)).text).toContain("<Status>INSYNC</Status>");
    expect((await call("GET", "/change/C1")).status).toBe(404);
  });

  test.each([
    ["a record that is there", [record("CREATE", "www.example.com", "192.0.2.2")], "but it already exists"],
    [
      "a deletion of what is not there",
      [record("DELETE", "no.example.com", "192.0.2.1")],
      "but it was not found",
    ],
    [
      "a deletion with another value",
      [record("DELETE", "www.example.com", "192.0.2.2")],
      "but the values provided do not match the current values",
    ],
    [
      "a deletion with another TTL",
      [record("DELETE", "www.example.com", "192.0.2.1", 61)],
      "but the values provided do not match the current values",
    ],
    [
      "a name of another zone",
      [record("CREATE", "www.example.org", "192.0.2.1")],
      "is not permitted in zone example.com.",
    ],
    ["no address", [record("CREATE", "b.example.com", "localhost")], "not a valid IPv4 address"],
  ])("%s refuses the whole batch", async (_, refused, words) => {
    const { change, call, id } = await zone();
    await change(record("CREATE", "www.example.com", "192.0.2.1"));
    const got = await change(record("CREATE", "new.example.com", "192.0.2.1"), ...refused);
    expect(got.status).toBe(400);
    expect(got.text).toContain("<Code>InvalidChangeBatch</Code>");
    expect(got.text).toContain(words);
    expect(names(await call("GET", `/hostedzone/${id}/rrset`))).toEqual([
      "example.com. NS",
      "example.com. SOA",
      "www.example.com. A",
    ]);
  });

  test("a deletion and a creation in one batch change a value", async () => {
    const { change, call, id } = await zone();
    await change(record("CREATE", "www.example.com", "192.0.2.1"));
    const got = await change(
      record("DELETE", "www.example.com", "192.0.2.1"),
      record("CREATE", "www.example.com", "192.0.2.2"),
    );
    expect(got.status).toBe(200);
    expect((await call("GET", `/hostedzone/${id}/rrset?name=www.example.com`)).text).toContain("192.0.2.2");
  });

  test("a list goes on where it stopped, by the labels of names from the right", async () => {
    const { change, call, id } = await zone();
    for (const name of ["z.a", "b", "a", "*"])
      await change(record("CREATE", `${name}.example.com`, "192.0.2.1"));
    const first = await call("GET", `/hostedzone/${id}/rrset?maxitems=4`);
    expect(names(first)).toEqual([
      "example.com. NS",
      "example.com. SOA",
      "\\052.example.com. A",
      "a.example.com. A",
    ]);
    expect(first.text).toContain(
      "<NextRecordName>z.a.example.com.</NextRecordName><NextRecordType>A</NextRecordType>",
    );
    const rest = await call("GET", `/hostedzone/${id}/rrset?name=z.a.example.com.&type=A`);
    expect(names(rest)).toEqual(["z.a.example.com. A", "b.example.com. A"]);
  });

  test("a zone with records of its own is not deleted", async () => {
    const { emulator, finish } = await openDesk({ facts: bundledFacts });
    const { Identifier: identifier } = emulator.put("AWS::Route53::HostedZone", { Name: "example.com" });
    const body = batch(record("CREATE", "www.example.com", "192.0.2.1"));
    await fetch(`${emulator.url}/2013-04-01/hostedzone/${identifier}/rrset/`, {
      method: "POST",
      headers: signed,
      body,
    });
    const ended = await finish("DeleteResource", {
      TypeName: "AWS::Route53::HostedZone",
      Identifier: identifier,
    });
    expect(ended).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "InvalidRequest" });
    expect(ended.StatusMessage).toContain("non-required resource record sets");
  });
});
