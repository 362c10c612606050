import type { Json, Pointer, Props } from "../json.ts";
import type { Cloud } from "./cloud/cloud.ts";
import { readIdentifier } from "./cloud/identifier.ts";
import { type KnownType, knownOf } from "./cloud/known-type.ts";
import { type Outcome, createAnywhere, notFoundMessage } from "./cloud/lifecycle.ts";
import { hiddenIn, readView } from "./cloud/model.ts";
import { remove } from "./cloud/removal.ts";
import type { Resource } from "./cloud/resource.ts";
import { settle } from "./cloud/settle.ts";

/** A resource as somebody who can look behind the API sees it. */
export interface SeenResource {
  readonly TypeName: string;
  readonly Identifier: string;
  /** As GetResource reads them. */
  readonly Properties: Props;
  /** The write-only values that are in force, by pointer: no read ever shows them. */
  readonly Hidden: Readonly<Record<Pointer, Json>>;
}

/** What can be done to the cloud past its APIs, as in a console: at once and unrecorded. */
export interface ByHand {
  /** Every resource, in order of creation. */
  readonly resources: () => readonly SeenResource[];
  /**
   * Creates a resource; throws what the service would refuse, but for the order in which the parts of a V1 API come:
   * a method may be put below a resource that is not there, and a deployment without methods. Values that only the service can make, such as an
   * `ApiId`, may be given: as if it had happened to choose them.
   */
  readonly put: (typeName: string, desired: Props) => SeenResource;
  /** Edits a resource; the model is given with its write-only values and kept as returned. */
  readonly change: (typeName: string, identifier: string, edit: (model: Props) => Props) => SeenResource;
  /** Deletes a resource and what cannot be without it. */
  readonly remove: (typeName: string, identifier: string) => void;
}

/** Hands a cloud over. */
export function byHand(cloud: Cloud): ByHand {
  const settleThen = <T>(act: () => T): T => {
    settle(cloud);
    try {
      return act();
    } finally {
      cloud.keep();
    }
  };
  return {
    resources: () =>
      settleThen(() =>
        cloud.all().map((resource) => viewOf(knownOf(cloud.settings, resource.type), resource)),
      ),
    put: (typeName, desired) =>
      settleThen(() => {
        const known = knownOf(cloud.settings, typeName);
        return viewOf(known, doneOf(createAnywhere(cloud, known, desired)));
      }),
    change: (typeName, identifier, edit) =>
      settleThen(() => {
        const known = knownOf(cloud.settings, typeName);
        const current = cloud.find(typeName, readIdentifier(cloud, known, identifier));
        if (!current) throw new Error(notFoundMessage(known, identifier));
        const edited = { ...current, model: edit(structuredClone(current.model)) };
        cloud.place(edited);
        return viewOf(known, edited);
      }),
    remove: (typeName, identifier) =>
      settleThen(() => {
        const known = knownOf(cloud.settings, typeName);
        doneOf(remove(cloud, known, readIdentifier(cloud, known, identifier)));
      }),
  };
}

const viewOf = (known: KnownType, { type, identifier, model }: Resource): SeenResource => ({
  TypeName: type,
  Identifier: identifier,
  Properties: readView(known, model),
  Hidden: hiddenIn(known, model),
});

function doneOf(outcome: Outcome): Resource {
  if ("done" in outcome) return outcome.done;
  throw new Error(`${outcome.failed.message} (${outcome.failed.code})`);
}
