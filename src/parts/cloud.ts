import type { CloudControl, Name } from "../cloudcontrol/cloud-control.ts";
import type { Attempt } from "../cloudcontrol/perform.ts";
import type { EndedOperation, Found, Write } from "../cloudcontrol/protocol.ts";
import { applyPatch } from "../diff/patch.ts";
import { ResourceError } from "../errors.ts";
import type { PatchOperation } from "../events.ts";
import { type Props, equal, isProps, parseExact } from "../json.ts";
import { bundledFacts } from "../schema/bundled.ts";
import { identifierOf } from "../schema/identifier.ts";
import type { Part } from "../services/note.ts";
import { noteOf } from "../services/notes.ts";
import type { Cloud } from "../scope/scope.ts";
import { type Edit, type GatherContext, type Owner, makeGatherer } from "./gather.ts";
import {
  missingAbove,
  nameIn,
  needOf,
  partOwnerOf,
  partIn,
  partsIn,
  rivalOf,
  spellName,
  withPart,
  withoutPart,
} from "./model.ts";

const partOf = (type: string): Part | undefined => noteOf(type)?.part;

/**
 * A cloud in which resources that live inside others pass for resources of their own: reading one reads its owner,
 * and writing one patches it.
 */
export function withParts(cloud: Cloud, around: Omit<GatherContext, "cloud">): Cloud {
  const gather = makeGatherer({ ...around, cloud });
  const shown: ShownModels = new Map();
  const perform = async (attempt: Attempt, part: Part): Promise<EndedOperation> => {
    const write = await attempt.prepare();
    const { owner, identifier, edit } = editOf(write, part, attempt);
    attempt.onStep?.("queued");
    const outcome = await gather(owner, edit);
    if ("error" in outcome) {
      const { error } = outcome;
      return { outcome: "failed", identifier: error.identifier, error };
    }
    const live = partIn(part, outcome.owner, nameIn(part, identifier));
    if (live) shown.set(keyOf(write.input.TypeName, identifier), live);
    return { outcome: "succeeded", identifier };
  };
  return {
    ...cloud,
    get home() {
      return cloud.home;
    },
    control: reading(cloud.control, shown),
    perform: (attempt) => {
      const part = partOf(attempt.type);
      return part ? perform(attempt, part) : cloud.perform(attempt);
    },
    facts: async (type, typeVersionId) =>
      (partOf(type) && bundledFacts(type)) ?? cloud.facts(type, typeVersionId),
  };
}

/** Models that a write has just shown, for the read that follows it. */
type ShownModels = Map<string, Props>;

/** Reads a part out of its owner. */
function reading(control: CloudControl, shown: ShownModels): CloudControl {
  const read = async (name: Name, part: Part): Promise<Found | undefined> => {
    const naming = nameIn(part, name.Identifier);
    const owner = await control.read({
      ...name,
      TypeName: part.owner,
      Identifier: partOwnerOf(part, naming),
    });
    const live = owner && partIn(part, owner.live, naming);
    return live && { identifier: name.Identifier, live };
  };
  return {
    ...control,
    read: (name, onPause) => {
      const part = partOf(name.TypeName);
      return part ? read(name, part) : control.read(name, onPause);
    },
    readNew: async (asked, onPause, onMiss) => {
      const part = partOf(asked.TypeName);
      if (!part) return control.readNew(asked, onPause, onMiss);
      const { isClaimed: _, ...name } = asked;
      const key = keyOf(name.TypeName, name.Identifier);
      const live = shown.get(key);
      shown.delete(key);
      return live ? { identifier: name.Identifier, live } : read(name, part);
    },
    list: (listing) => {
      const part = partOf(listing.TypeName);
      return part ? listParts(control, listing.TypeName, part, listing.parents ?? {}) : control.list(listing);
    },
  };
}

const keyOf = (type: string, identifier: string): string => `${type} ${identifier}`;

async function* listParts(
  control: CloudControl,
  type: string,
  part: Part,
  parents: Props,
): AsyncGenerator<Found> {
  const owner = await control.read({ TypeName: part.owner, Identifier: partOwnerOf(part, parents) });
  const facts = bundledFacts(type) ?? {};
  for (const live of owner ? partsIn(part, owner.live, parents) : []) {
    yield { identifier: identifierOf(facts, live) ?? "", live };
  }
}

interface Task {
  readonly owner: Owner;
  readonly identifier: string;
  readonly edit: Edit;
}

/** What a write of a part means for its owner. */
function editOf(write: Write, part: Part, attempt: Attempt): Task {
  const { TypeName, RoleArn } = write.input;
  const model = write.operation === "CreateResource" ? parseModel(write.input.DesiredState) : {};
  const identifier =
    write.operation === "CreateResource"
      ? (identifierOf(bundledFacts(TypeName) ?? {}, model) ?? "")
      : write.input.Identifier;
  const name = nameIn(part, identifier);
  const role = RoleArn === undefined ? {} : { RoleArn };
  return {
    owner: { TypeName: part.owner, Identifier: partOwnerOf(part, name), ...role },
    identifier,
    edit: { at: part.at, attempt, ...changeOf(write, part, { name, model }) },
  };
}

function changeOf(
  write: Write,
  part: Part,
  { name, model }: { readonly name: Props; readonly model: Props },
): Pick<Edit, "apply" | "collides" | "isDone" | "lacks"> {
  switch (write.operation) {
    case "CreateResource":
      return {
        apply: (owner) => {
          if (partIn(part, owner, name)) throw existing(write.input.TypeName, name);
          requireAbove(part, owner);
          return withPart(part, owner, model);
        },
        collides: (owner) => collision(part, owner, { ...model, ...name }),
        isDone: (owner) => holds(partIn(part, owner, name), model),
        lacks: (owner) => needOf(part, owner, name),
      };
    case "UpdateResource": {
      const patch = JSON.parse(write.input.PatchDocument) as PatchOperation[];
      return {
        apply: (owner) => {
          const live = partIn(part, owner, name);
          if (!live) throw new ResourceError("NOT_FOUND", "is gone from what it lives in");
          return withPart(part, owner, applyPatch(live, patch));
        },
        collides: (owner) => {
          const next = partIn(part, owner, name);
          return next && collision(part, owner, next);
        },
        isDone: (owner) => {
          const live = partIn(part, owner, name);
          return live !== undefined && equal(applyPatch(live, patch), live);
        },
        lacks: () => undefined,
      };
    }
    case "DeleteResource":
      return {
        apply: (owner) => withoutPart(part, owner, name),
        collides: () => undefined,
        isDone: (owner) => partIn(part, owner, name) === undefined,
        lacks: () => undefined,
      };
  }
}

/** A place in an object that is not there takes nothing, and nobody would notice. */
function requireAbove(part: Part, owner: Props): void {
  const above = missingAbove(part, owner);
  if (above === undefined) return;
  throw new ResourceError("PARENT_NOT_FOUND", `stands upon ${above}, which is not there`);
}

/** The service would refuse the whole patch for it, and the siblings in it with it. */
function collision(part: Part, owner: Props, model: Props): ResourceError | undefined {
  const { unique, key = "" } = part;
  const rival = unique && rivalOf(part, owner, model);
  if (!rival) return undefined;
  const isDefault = unique.absent.includes(spellName(model[unique.by]));
  const what = isDefault
    ? `has no ${unique.by} either: only one may be the default`
    : `has the same ${unique.by}`;
  return new ResourceError("VALIDATION", `${spellName(rival[key])} ${what}`, {
    paths: [`/${unique.by}`],
    advice: `Give one of the two another ${unique.by}.`,
  });
}

/** Defaults that the service adds do not make it another one. */
function holds(live: Props | undefined, model: Props): boolean {
  return (
    live !== undefined &&
    Object.entries(model).every(([name, value]) => name in live && alike(live[name], value))
  );
}

const alike = (a: unknown, b: unknown): boolean =>
  isProps(a) && isProps(b) ? holds(a, b) : String(a) === String(b) || JSON.stringify(a) === JSON.stringify(b);

function existing(type: string, name: Props): ResourceError {
  const identifier = Object.values(name).map(spellName).join("|");
  return new ResourceError("ALREADY_EXISTS", `${type} ${identifier} already exists`, { identifier });
}

function parseModel(text: string): Props {
  const model = parseExact(text);
  return isProps(model) ? model : {};
}
