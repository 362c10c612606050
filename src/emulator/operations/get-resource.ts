import { readIdentifier } from "../cloud/identifier.ts";
import { knownOf, requireHandler } from "../cloud/known-type.ts";
import { type Answer, readLive, textOf } from "./operation.ts";

/** Reads one resource; write-only values never show. */
export const getResource: Answer = (cloud, input) => {
  const known = knownOf(cloud.settings, textOf(input, "TypeName"));
  requireHandler(known, "read");
  const identifier = readIdentifier(cloud, known, textOf(input, "Identifier"));
  const model = readLive(cloud, known, identifier);
  return {
    TypeName: known.type,
    ResourceDescription: { Identifier: identifier, Properties: JSON.stringify(model) },
  };
};
