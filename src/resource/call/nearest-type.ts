import { ResourceError } from "../../errors.ts";
import { bundledFacts, bundledTypes } from "../../schema/bundled.ts";
import { nearest } from "../../nearest.ts";

/** A failure as it is, or where nobody knows the type, with the bundled type of a similar name for advice. */
export function withNearest(type: string, error: ResourceError): ResourceError {
  const advice = error.code === "UNSUPPORTED_TYPE" && !bundledFacts(type) ? nearestTo(type) : undefined;
  if (advice === undefined) return error;
  const { code, what, id, identifier, requestToken, requestId, site, cause } = error;
  return new ResourceError(code, what, {
    type,
    id,
    identifier,
    requestToken,
    requestId,
    site,
    advice,
    cause,
  });
}

/** Advises the bundled type whose name is nearest, if one is near. */
export function nearestTo(type: string): string | undefined {
  const near = nearest(type, bundledTypes()) ?? nearest(`AWS::${type}`, bundledTypes());
  return near === undefined ? undefined : `Did you mean ${near}?`;
}
