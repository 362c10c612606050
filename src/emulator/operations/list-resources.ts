import { type Props, equal } from "../../json.ts";
import { identityOf } from "../cloud/identifier.ts";
import { type KnownType, knownOf, requireHandler } from "../cloud/known-type.ts";
import { pageOf } from "../cloud/page.ts";
import { serviceRefusal } from "../cloud/refusal.ts";
import { listSeen } from "../cloud/seen.ts";
import { type Answer, modelIn, textOf } from "./operation.ts";

/** Lists identifiers, and of the properties only those that make them up, as the handler contract promises no more. */
export const listResources: Answer = (cloud, input) => {
  const known = knownOf(cloud.settings, textOf(input, "TypeName"));
  requireHandler(known, "list");
  const filter = input["ResourceModel"] === undefined ? {} : modelIn(input, "ResourceModel");
  requireParents(known, filter);
  const found = listSeen(cloud, known).filter(({ model }) => holds(model, filter));
  const { MaxResults: size = 100, NextToken: token } = input;
  const page = pageOf(found, Number(size), typeof token === "string" ? token : undefined);
  if (!page)
    throw serviceRefusal("InvalidRequestException", "Invalid request provided: NextToken is not valid");
  return {
    TypeName: known.type,
    ResourceDescriptions: page.items.map(({ identifier, model }) => ({
      Identifier: identifier,
      Properties: JSON.stringify(identityOf(known, model)),
    })),
    ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
  };
};

function requireParents(known: KnownType, filter: Props): void {
  const missing = known.listNeeds.find((name) => filter[name] === undefined);
  if (missing === undefined) return;
  throw serviceRefusal(
    "InvalidRequestException",
    `Missing or invalid ResourceModel property in ${known.type} list handler request input. Required property: (#: required key [${missing}] not found)`,
  );
}

const holds = (model: Props, filter: Props): boolean =>
  Object.entries(filter).every(([name, value]) => equal(model[name], value));
