import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import {
  CloudFormationClient,
  DescribeTypeCommand,
  TypeNotFoundException,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, onTestFinished, test } from "vitest";
import { knownOf } from "../../src/emulator/cloud/known-type.ts";
import { settingsOf } from "../../src/emulator/cloud/options.ts";
import { schemaOf } from "../../src/emulator/cloud/schema-document.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { openDesk } from "../support/emulator/desk.ts";

const clientOf = (endpoint: string): CloudFormationClient => {
  const client = new CloudFormationClient({ endpoint, region: "us-east-1", maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

const describedBy = async (url: string, TypeName: string) =>
  clientOf(url).send(new DescribeTypeCommand({ Type: "RESOURCE", TypeName }));

const factsBy = async (url: string, type: string): Promise<Facts> => {
  const { Schema = "" } = await describedBy(url, type);
  return factsFromSchema(JSON.parse(Schema));
};

const probe = {
  typeName: "Acme::Monitor::Probe",
  properties: {
    Id: { type: "string" },
    Name: { type: "string" },
    Token: { type: "string", description: '5 < 6 & "so on"' },
    Ports: { type: "array", insertionOrder: false, items: { type: "integer" } },
  },
  additionalProperties: false,
  required: ["Name"],
  primaryIdentifier: ["/properties/Id"],
  readOnlyProperties: ["/properties/Id"],
  writeOnlyProperties: ["/properties/Token"],
  createOnlyProperties: ["/properties/Name"],
  handlers: { create: { permissions: [] }, read: { permissions: [] }, update: { permissions: [] } },
};

const queue = {
  typeName: "AWS::SQS::Queue",
  properties: { QueueUrl: { type: "string" }, QueueName: { type: "string" }, Colour: { type: "string" } },
  additionalProperties: false,
  primaryIdentifier: ["/properties/QueueUrl"],
  readOnlyProperties: ["/properties/QueueUrl"],
  writeOnlyProperties: ["/properties/Colour"],
};

async function schemaFile(name: string): Promise<string> {
  const file = join(await temporaryFolder(), name);
  const text = `${JSON.stringify(probe)}\n\n${JSON.stringify(queue)}\n`;
  await writeFile(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
}

describe("DescribeType", () => {
  test("tells the SDK a type's schema, in which write-only is what reads hide", async () => {
    const { emulator } = await openDesk({ facts: bundledFacts });
    const answer = await describedBy(emulator.url, "AWS::RDS::DBInstance");
    expect(answer).toMatchObject({
      Arn: "arn:aws:cloudformation:us-east-1::type/resource/AWS-RDS-DBInstance",
      Type: "RESOURCE",
      TypeName: "AWS::RDS::DBInstance",
      ProvisioningType: "FULLY_MUTABLE",
      Visibility: "PUBLIC",
    });
    const schema: unknown = JSON.parse(answer.Schema ?? "");
    expect(schema).toMatchObject({
      writeOnlyProperties: expect.arrayContaining(["/properties/MasterUserPassword"]),
    });
    expect(emulator.calls).toMatchObject([{ api: "cloudformation:DescribeType" }]);
  });

  test("refuses a type that nobody knows with TypeNotFoundException and 404", async () => {
    const { emulator } = await openDesk();
    const refusal: unknown = await describedBy(emulator.url, "Acme::No::Where").catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(TypeNotFoundException);
    expect(refusal).toMatchObject({
      message: "The type 'Acme::No::Where' cannot be found.",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("is refused as the faults say", async () => {
    const message = "not authorized to perform: cloudformation:DescribeType";
    const faults = () => ({ error: { type: "AccessDenied", message, status: 403 } });
    const { emulator } = await openDesk({ faults });
    await expect(describedBy(emulator.url, "AWS::SQS::Queue")).rejects.toMatchObject({
      name: "AccessDenied",
      message,
    });
  });

  test("another action of CloudFormation is refused in XML", async () => {
    const { emulator } = await openDesk();
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      authorization: "AWS4-HMAC-SHA256 x",
    };
    const body = "Action=ListTypes&Version=2010-05-15";
    const response = await fetch(emulator.url, { method: "POST", headers, body });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("<Code>InvalidAction</Code>");
  });

  test("answers the AWS CLI", async ({ skip }) => {
    skip(!hasCli(), "the AWS CLI is not on this machine");
    const { emulator } = await openDesk({ facts: bundledFacts });
    const asked = "cloudformation describe-type --type RESOURCE --type-name AWS::S3::Bucket --output json";
    const place = `--region us-east-1 --endpoint-url ${emulator.url}`;
    const { stdout } = await promisify(execFile)("aws", `${asked} ${place}`.split(" "));
    const answer: { readonly TypeName: string; readonly Schema: string } = JSON.parse(stdout);
    expect(answer.TypeName).toBe("AWS::S3::Bucket");
    expect(JSON.parse(answer.Schema)).toMatchObject({ typeName: "AWS::S3::Bucket" });
  });
});

function hasCli(): boolean {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The facts that a schema written from what is known must give back. */
const rulesOf = (facts: Facts) => ({
  primaryIdentifier: facts.primaryIdentifier,
  readOnly: facts.readOnly?.toSorted(),
  writeOnly: facts.writeOnly?.toSorted(),
  createOnly: facts.createOnly?.toSorted(),
  conditionalCreateOnly: facts.conditionalCreateOnly?.toSorted(),
  required: facts.required?.toSorted(),
  tags: facts.tags,
});

describe("the schema of a known type", () => {
  const settings = settingsOf({}, bundledFacts);

  test("reads back as what the emulator knows, for every bundled type", () => {
    for (const type of bundledTypes()) {
      const known = knownOf(settings, type);
      const { facts, identity: primaryIdentifier, readOnly, writeOnly, createOnly, handlers } = known;
      const back = factsFromSchema(schemaOf(known));
      const { conditionalCreateOnly = [], tags, members, required } = facts;
      const pointers = { primaryIdentifier, readOnly, writeOnly, createOnly, conditionalCreateOnly };
      // Whose tags they are, and what each says beside key and value, no schema tells.
      const shape = tags && {
        path: tags.path,
        shape: tags.shape,
        ...(tags.key !== undefined && { key: tags.key }),
      };
      const tagging = shape && { tags: { ...shape, updatable: tags.updatable ?? true } };
      expect({ type, ...rulesOf(back), handlers: back.handlers }).toEqual({
        type,
        ...rulesOf({ ...pointers, ...tagging, ...(required && { required }) }),
        handlers,
      });
      expect({ type, ...back.members?.properties }).toMatchObject({ type, ...members?.properties });
      // Values are read back as limits of their places.
      const definitions = Object.entries(facts.definitions ?? {}).map(([name, { properties, required }]) => [
        name,
        { properties, ...(required && { required }) },
      ]);
      expect({ type, ...back.definitions }).toMatchObject({ type, ...Object.fromEntries(definitions) });
    }
  });

  test("carries transforms, strategies and arrays without order, also inside definitions", () => {
    const facts: Facts = {
      type: "Demo::Cloud::Thing",
      primaryIdentifier: ["/Id"],
      members: { properties: { Rules: { list: { ref: "Rule" } } } },
      definitions: { Rule: { properties: { Ports: { list: "integer" } } } },
      unordered: ["/Rules/*/Ports"],
      propertyTransform: { "/Rules": "$lowercase(Rules)" },
      replacementStrategy: "delete_then_create",
      handlers: ["create", "read", "delete"],
      deprecated: ["/Rules"],
    };
    const { type = "", members, ...rest } = facts;
    const back = factsFromSchema(
      schemaOf(
        knownOf(
          settingsOf({}, () => facts),
          type,
        ),
      ),
    );
    expect(back).toMatchObject({ ...rest, type });
    expect(back.members?.properties).toMatchObject(members?.properties ?? {});
  });
});

describe("schemas that are handed in", () => {
  test.each(["schemas.jsonl", "schemas.jsonl.gz"])(
    "come from %s, and DescribeType answers them",
    async (name) => {
      const { emulator } = await openDesk({ schemas: await schemaFile(name) });
      const answer = await describedBy(emulator.url, probe.typeName);
      expect(JSON.parse(answer.Schema ?? "")).toEqual(probe);
      expect(answer).toMatchObject({
        Visibility: "PRIVATE",
        Arn: "arn:aws:cloudformation:us-east-1:123456789012:type/resource/Acme-Monitor-Probe",
      });
    },
  );

  test("make their types behave as they say", async () => {
    const desk = await openDesk({ schemas: await schemaFile("schemas.jsonl") });
    const { Identifier = "" } = await desk.create(probe.typeName, { Name: "a", Token: "hush" });
    expect(await desk.read(probe.typeName, Identifier)).toEqual({ Id: Identifier, Name: "a" });
    const wrong = await desk.send("CreateResource", { TypeName: probe.typeName, DesiredState: '{"Nam":1}' });
    expect(wrong.body.Message ?? wrong.body.message).toContain("extraneous key [Nam] is not permitted");
    const removal = await desk.send("DeleteResource", { TypeName: probe.typeName, Identifier });
    expect(removal.body["__type"]).toContain("UnsupportedActionException");
  });

  test("have the last word over what the emulator would do by itself", async () => {
    const desk = await openDesk({ facts: bundledFacts, schemas: await schemaFile("schemas.jsonl") });
    const { Identifier = "" } = await desk.create("AWS::SQS::Queue", { QueueName: "q", Colour: "red" });
    expect(await desk.read("AWS::SQS::Queue", Identifier)).not.toHaveProperty("Colour");
    const { writeOnly, readOnly } = await factsBy(desk.emulator.url, "AWS::SQS::Queue");
    expect({ writeOnly, readOnly }).toEqual({ writeOnly: ["/Colour"], readOnly: ["/QueueUrl"] });
  });

  test("are refused by line when they are none", async () => {
    const file = join(await temporaryFolder(), "schemas.jsonl");
    await writeFile(file, `${JSON.stringify(probe)}\n{"properties":{}}\n`);
    await expect(openDesk({ schemas: file })).rejects.toThrow(`${file}:2 is no registry schema`);
  });

  const published = join(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");

  test("every published one is answered as it is", async ({ skip }) => {
    skip(!existsSync(published), "the published schemas are not here");
    const settings = settingsOf({ schemas: published }, bundledFacts);
    const strays = [...settings.schemas.keys()].filter((type) => {
      const facts = settings.facts(type);
      return JSON.stringify(knownOf(settings, type).writeOnly) !== JSON.stringify(facts?.writeOnly);
    });
    expect(settings.schemas.size).toBeGreaterThan(1400);
    expect(strays).toEqual([]);
  });
});
