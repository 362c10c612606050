import { type Props, isProps } from "../../../json.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type KnownType, knownOf } from "../../cloud/known-type.ts";
import { create, update } from "../../cloud/lifecycle.ts";
import { remove } from "../../cloud/removal.ts";
import type { Resource } from "../../cloud/resource.ts";
import { validate } from "../../cloud/validate.ts";
import { checkAsRest, doneOf } from "../reply.ts";
import { modelShape } from "../shape.ts";
import type { Place } from "./collections.ts";

/** Creates a member of a collection below the parents that the path names. */
export function add(cloud: Cloud, place: Place, above: Props, body: Props): Resource {
  const known = knownOf(cloud.settings, place.collection.type);
  const desired = { ...modelShape(known.facts, body), ...above };
  checkAsRest(() => validate(known, desired));
  const made = doneOf(create(cloud, known, desired));
  if (place.collection.noun !== "Deployment") return made;
  // The stage that a deployment went to is a property of the request alone.
  const { StageName: _, ...model } = made.model;
  const kept = { ...made, model };
  cloud.place(kept);
  return kept;
}

/** Changes those members of a resource that the body has, as an Update does; what names it stays. */
export function edit(cloud: Cloud, place: Place, current: Resource, body: Props): Resource {
  const known = knownOf(cloud.settings, place.collection.type);
  const sent = Object.entries(modelShape(known.facts, body)).filter(([name]) => isOpen(known, name));
  const changes = sent.map(([name, value]) => [
    name,
    merging.includes(name) ? mergeChanges(current.model[name], value) : value,
  ]);
  const desired = { ...current.model, ...Object.fromEntries(changes) };
  checkAsRest(() => validate(known, desired));
  return doneOf(update(cloud, known, current.identifier, desired));
}

/** Deletes a resource, and what is below it. */
export function drop(cloud: Cloud, place: Place, { identifier }: Resource): void {
  doneOf(remove(cloud, knownOf(cloud.settings, place.collection.type), identifier));
}

const isOpen = ({ identity, createOnly }: KnownType, name: string): boolean =>
  !identity.includes(`/${name}`) && !createOnly.includes(`/${name}`);

/**
 * Maps of which an Update names only the keys to change, and takes out what is set to "": so terraform-provider-aws
 * clears them (internal/service/apigatewayv2/{integration,stage}.go).
 */
const merging = ["RequestParameters", "StageVariables"];

function mergeChanges(current: unknown, changes: unknown): Props {
  const all = { ...(isProps(current) && current), ...(isProps(changes) && changes) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
