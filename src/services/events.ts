import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
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
  "AWS::Events::Rule": { replacement: { EventBusName: "maybe" } },
};
