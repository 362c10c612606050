import type { Facts } from "../../src/schema/facts.ts";

/** Of a type that needs a name and nothing else, and goes by it. */
export const plainFacts = (type: string): Facts => ({
  type,
  primaryIdentifier: ["/Name"],
  createOnly: ["/Name"],
  handlers: ["create", "read", "update", "delete", "list"],
  members: { properties: { Name: "string" }, required: ["Name"] },
});
