import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts } from "../../../src/schema/facts.ts";

/** Types that no service has, with every trait a rule of the service speaks about. */
const demo: Readonly<Record<string, Facts>> = {
  "AWS::Demo::Named": {
    primaryIdentifier: ["/Name"],
    readOnly: ["/Arn", "/Box/Seal"],
    writeOnly: ["/Secret", "/Box/Hidden", "/Parts/*/Hidden"],
    createOnly: ["/Name", "/Fixed", "/Box/Bolted", "/Birth"],
    required: ["/Name"],
    members: {
      required: ["Name"],
      properties: {
        Name: "string",
        Fixed: "string",
        Size: "integer",
        Ratio: "number",
        On: "boolean",
        Secret: "string",
        Birth: "string",
        Notes: "string",
        Tags: { map: "string" },
        Items: { list: "string" },
        Box: { ref: "Box" },
        Parts: { list: { ref: "Part" } },
        Policy: "json",
        Either: { oneOf: ["integer", "boolean"] },
      },
    },
    definitions: {
      Box: { properties: { Bolted: "string", Color: "string", Hidden: "string", Seal: "string" } },
      Part: { properties: { Label: "string", Hidden: "string" }, required: ["Label"] },
    },
  },
  "AWS::Demo::Vault": {
    primaryIdentifier: ["/Name"],
    writeOnly: ["/Key"],
    required: ["/Name", "/Key"],
    members: { required: ["Name", "Key"], properties: { Name: "string", Key: "string", Notes: "string" } },
  },
  "AWS::Demo::Made": {
    primaryIdentifier: ["/Id"],
    readOnly: ["/Id", "/Arn", "/CreationDate", "/Url"],
    members: { properties: { Notes: "string" } },
  },
  "AWS::Demo::Pair": {
    primaryIdentifier: ["/Home", "/Number"],
    additionalIdentifiers: [["/Alias"]],
    createOnly: ["/Home", "/Number"],
    members: { properties: { Home: "string", Number: "integer", Alias: "string" } },
  },
  "AWS::Demo::Still": {
    primaryIdentifier: ["/Name"],
    handlers: ["create", "read", "delete"],
    members: { properties: { Name: "string" } },
  },
  "AWS::Demo::Dim": { primaryIdentifier: ["/Name"], readOnly: ["/Arn"] },
};

/** The demo types, and all that the package carries. */
export const facts = (type: string): Facts | undefined => demo[type] ?? bundledFacts(type);
