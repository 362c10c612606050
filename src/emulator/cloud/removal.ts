import { randomUUID } from "node:crypto";
import { type Props, equal } from "../../json.ts";
import { type Bond, bondsOf } from "../behaviours/all.ts";
import { lagOf } from "../hostile/stale.ts";
import type { Cloud } from "./cloud.ts";
import { inUse } from "./in-use.ts";
import type { KnownType } from "./known-type.ts";
import { type Outcome, aroundIn, missing, refusalOf } from "./lifecycle.ts";
import type { HandlerFailure } from "./refusal.ts";
import type { Resource } from "./resource.ts";
import { fill } from "./template.ts";

/** Removes a resource, and with it what cannot be without it, or says why the service refuses. */
export function remove(cloud: Cloud, known: KnownType, identifier: string): Outcome {
  const current = cloud.find(known.type, identifier);
  if (!current) return missing(known, identifier);
  const going = goingWith(cloud, current);
  const refused =
    protectedFrom(cloud, known, current) ??
    refusalOf(known.behaviour.refuseRemoval?.(current.model, aroundIn(cloud))) ??
    heldBy(cloud, going) ??
    notEmpty(cloud, current) ??
    inUse(cloud, known, going);
  if (refused) return { failed: refused };
  for (const one of going) {
    cloud.take(one);
    const { ms } = lagOf(cloud.settings.hostile, "delete", one.type);
    if (ms > 0) cloud.haunt(one, cloud.settings.now() + ms);
  }
  return { done: current };
}

/** A bucket goes only once it is empty. */
function notEmpty(cloud: Cloud, { type, identifier }: Resource): HandlerFailure | undefined {
  if (type !== "AWS::S3::Bucket" || cloud.objects.in(identifier).length === 0) return undefined;
  const status = `(Service: S3, Status Code: 409, Request ID: ${randomUUID()})`;
  return {
    code: "GeneralServiceException",
    message: `The bucket you tried to delete is not empty ${status}`,
  };
}

interface Child {
  readonly child: Resource;
  readonly bond: Bond;
}

function childrenOf(cloud: Cloud, { type, model }: Resource): Child[] {
  return bondsOf(type).flatMap((bond) =>
    cloud
      .all(bond.child)
      .filter((child) => names(bond, child.model, model))
      .map((child) => ({ child, bond })),
  );
}

/** Tells whether the child means the resource of this model. */
const names = ({ keys, as = {} }: Bond, child: Props, model: Props): boolean =>
  keys.every((key) => equal(child[as[key] ?? key], model[key]));

/** The resource itself first, then all that goes because something before it goes. */
function goingWith(cloud: Cloud, first: Resource): Resource[] {
  const going = new Set([first]);
  // A set grows while it is walked, and is walked to its end.
  for (const one of going) {
    for (const { child, bond } of childrenOf(cloud, one)) if (bond.onDelete === "cascade") going.add(child);
  }
  return [...going];
}

function protectedFrom(
  cloud: Cloud,
  { behaviour }: KnownType,
  { model }: Resource,
): HandlerFailure | undefined {
  const { protection } = behaviour;
  if (!protection || model[protection.property] !== true) return undefined;
  return { code: "InvalidRequest", message: fill(protection.message, model, cloud.settings) };
}

/** Refuses where something stays that may not be without what goes. */
function heldBy(cloud: Cloud, going: readonly Resource[]): HandlerFailure | undefined {
  for (const one of going) {
    for (const { child, bond } of childrenOf(cloud, one)) {
      if (typeof bond.onDelete === "object" && !going.includes(child)) {
        return { code: "InvalidRequest", message: fill(bond.onDelete.refuse, one.model, cloud.settings) };
      }
    }
  }
  return undefined;
}
