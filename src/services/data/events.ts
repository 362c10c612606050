import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const events: Notes = {
  "AWS::Events::Connection": {
    registry: {
      writeOnly: [
        "/AuthParameters/ApiKeyAuthParameters/ApiKeyValue",
        "/AuthParameters/BasicAuthParameters/Password",
        "/AuthParameters/InvocationHttpParameters",
        "/AuthParameters/OAuthParameters/ClientParameters/ClientSecret",
        "/AuthParameters/OAuthParameters/OAuthHttpParameters/BodyParameters",
        "/AuthParameters/OAuthParameters/OAuthHttpParameters/HeaderParameters",
        "/AuthParameters/OAuthParameters/OAuthHttpParameters/QueryStringParameters",
      ],
    },
  },
  "AWS::Events::EventBus": {
    replacement: { EventSourceName: "no" },
    registry: { writeOnly: ["/EventSourceName"] },
  },
  "AWS::Events::EventBusPolicy": { registry: { writeOnly: ["/Action", "/Condition", "/Principal"] } },
  // By its name alone a rule of another bus would match: state the bus, `default` too, for it to be found.
  "AWS::Events::Rule": {
    naturalKeys: [byKeys("EventBusName", "Name")],
    replacement: { EventBusName: "maybe" },
  },
};
