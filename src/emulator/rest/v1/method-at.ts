import { type Json, type Props, isProps } from "../../../json.ts";
import type { Facts } from "../../../schema/facts.ts";
import { update } from "../../cloud/lifecycle.ts";
import type { Resource } from "../../cloud/resource.ts";
import { validate } from "../../cloud/validate.ts";
import { absent, checkAsRest, doneOf } from "../reply.ts";
import { type Call, requireIn, knownAs, findIn } from "./call.ts";

/** Where the methods of a resource are. */
export const methodPath = "/restapis/{RestApiId}/resources/{ResourceId}/methods/{HttpMethod}";

/** The method that the path names; where its resource is not there either, that is what is missing. */
export function methodAt(call: Call): Resource {
  const isRoot = findIn(call, "RestApi", [])?.model["RootResourceId"] === call.names["ResourceId"];
  if (!isRoot) requireIn(call, "Resource", ["ResourceId"]);
  return requireIn(call, "Method", ["ResourceId", "HttpMethod"]);
}

/** The integration of a method. */
export function integrationOf({ model }: Resource): Props {
  const { Integration: integration } = model;
  if (isProps(integration)) return integration;
  throw noIntegration();
}

/** How the service says that a method has no integration, or that nothing has one because there is no method. */
export const noIntegration = (): Error => absent("Invalid Integration identifier specified");

/** Properties of a method to change; `undefined` takes one out. */
export type Changes = Readonly<Record<string, Json | undefined>>;

/** Keeps a method with some of its properties changed, by the rules of its type. */
export function saveMethod(call: Call, method: Resource, changes: Changes): Resource {
  const known = knownAs(call, "Method");
  const model = changeModel(method, changes);
  checkAsRest(() => validate(known, model));
  return doneOf(update(call.cloud, known, method.identifier, model));
}

/** Keeps it whatever the rules say: a method response may go before the integration response that needs it. */
export function forceMethod(call: Call, method: Resource, changes: Changes): void {
  call.cloud.place({ ...method, model: changeModel(method, changes) });
}

function changeModel({ model }: Resource, changes: Changes): Props {
  const entries = Object.entries({ ...model, ...changes });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The facts of something inside a method, as if it were a type of its own. */
export function partFacts(call: Call, definition: string): Facts {
  const { facts } = knownAs(call, "Method");
  const members = facts.definitions?.[definition];
  return { ...facts, ...(members && { members }) };
}
