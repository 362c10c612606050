import { type Props, equal, valueAt } from "../../json.ts";
import type { Around, Objection } from "../behaviours/behaviour.ts";
import type { Cloud } from "./cloud.ts";
import { differs } from "./guard.ts";
import { identifierIn } from "./identifier.ts";
import { withGenerated, withIgnored } from "../hostile/heard.ts";
import type { Nature } from "../hostile/nature.ts";
import { type KnownType, knownOf } from "./known-type.ts";
import { readView, withDefaults, withKept, withMadeValues, withReadOnlyOf, without } from "./model.ts";
import type { HandlerFailure } from "./refusal.ts";
import type { Resource } from "./resource.ts";
import { beforeUpdate, natureOf, withBirth } from "./seen.ts";
import { fill } from "./template.ts";

/** How the asynchronous part of an operation ends. */
export type Outcome = { readonly done: Resource } | { readonly failed: HandlerFailure };

/** Creates a resource as its service would, or says why the service refuses. */
export function create(cloud: Cloud, known: KnownType, desired: Props): Outcome {
  const refused = refusalOf(known.behaviour.refuseNew?.(desired, aroundIn(cloud)));
  return refused ? { failed: refused } : createAnywhere(cloud, known, desired);
}

/** The same, but for what only a look around would refuse: by hand a scene is set in any order. */
export function createAnywhere(cloud: Cloud, known: KnownType, desired: Props): Outcome {
  const ignored = cloud.settings.ignores[known.type] ?? [];
  const { hostile } = cloud.settings;
  const made = (model: Props): Props => (hostile ? withGenerated(known, model, {}, hostile) : model);
  const asked = withDefaults(known, made(without(desired, ignored)), cloud.settings);
  const refused =
    findBrokenRule(known, asked) ?? parentMissing(cloud, known, asked) ?? findClash(cloud, known, asked);
  if (refused) return { failed: refused };
  const model = withMadeValues(known, asked, cloud.settings);
  const identifier = identifierIn(known, model) ?? "";
  if (cloud.find(known.type, identifier)) {
    const named = identifierIn(known, asked) !== undefined;
    return {
      failed: { code: "AlreadyExists", message: exists(known, identifier), ...(named && { identifier }) },
    };
  }
  const born = { type: known.type, identifier, model, createdAt: cloud.settings.now() };
  const resource = withBirth(cloud, born);
  cloud.place(resource);
  bringAbout(cloud, known, model);
  return { done: resource };
}

/** Replaces the model of a resource by the result of a patch, or says why the service refuses. */
export function update(cloud: Cloud, known: KnownType, identifier: string, result: Props): Outcome {
  const current = cloud.find(known.type, identifier);
  if (!current) return missing(known, identifier);
  const nature = natureOf(cloud, current);
  const kept = withKept(cloud.settings.ignores[known.type] ?? [], result, current.model);
  const wanted = nature ? treated(known, kept, current.model, nature) : kept;
  const asked = withDefaults(known, withReadOnlyOf(known, wanted, current.model), cloud.settings);
  const refused =
    findBrokenRule(known, asked) ??
    parentMissing(cloud, known, asked) ??
    notUpdatable(known, current, asked) ??
    findClash(cloud, known, asked, identifier);
  if (refused) return { failed: refused };
  const { before: _, ...rest } = current;
  const resource = { ...rest, model: asked, ...beforeUpdate(cloud, current) };
  cloud.place(resource);
  return { done: resource };
}

function treated(known: KnownType, wanted: Props, current: Props, nature: Nature): Props {
  const kept = withIgnored(known, wanted, current, nature);
  return withGenerated(known, kept, current, nature.hostility);
}

/** The text for a resource that is not there, as handlers write it. */
export const notFoundMessage = (known: KnownType, identifier: string): string =>
  `Resource of type '${known.type}' with identifier '${identifier}' was not found.`;

const exists = (known: KnownType, identifier: string): string =>
  `Resource of type '${known.type}' with identifier '${identifier}' already exists.`;

/** How a write to a resource that is not there ends. */
export const missing = (known: KnownType, identifier: string): Outcome => ({
  failed: { code: "NotFound", message: notFoundMessage(known, identifier) },
});

/** Reads what a behaviour has against a write. */
export function refusalOf(objection: Objection | string | undefined): HandlerFailure | undefined {
  return typeof objection === "string" ? { code: "InvalidRequest", message: objection } : objection;
}

/** Lets a behaviour look around. */
export const aroundIn =
  (cloud: Cloud): Around =>
  (type) =>
    cloud.all(type).map(({ model }) => model);

function findBrokenRule(known: KnownType, model: Props): HandlerFailure | undefined {
  const broken = known.behaviour.rules?.find(({ path, pattern }) => {
    const value = valueAt(model, path);
    return typeof value === "string" && !pattern.test(value);
  });
  return refusalOf(broken?.message ?? known.behaviour.refuse?.(model));
}

function parentMissing(cloud: Cloud, known: KnownType, model: Props): HandlerFailure | undefined {
  const absent = known.behaviour.parents?.find(
    ({ type, keys }) =>
      keys.every((key) => model[key] !== undefined) &&
      !cloud.all(type).some((resource) => sameIn(keys, resource.model, model)),
  );
  return absent && { code: "NotFound", message: fill(absent.missing, model, cloud.settings) };
}

function bringAbout(cloud: Cloud, { behaviour }: KnownType, model: Props): void {
  const brought = behaviour.brings?.(model);
  if (!brought) return;
  const known = knownOf(cloud.settings, brought.type);
  const there = cloud.find(brought.type, identifierIn(known, brought.model) ?? "");
  if (there) cloud.place({ ...there, model: { ...there.model, ...brought.model } });
  else create(cloud, known, brought.model);
}

function findClash(cloud: Cloud, known: KnownType, model: Props, self?: string): HandlerFailure | undefined {
  const clash = known.behaviour.unique?.find(
    ({ keys }) =>
      keys.every((key) => model[key] !== undefined) &&
      cloud.all(known.type).some((other) => other.identifier !== self && sameIn(keys, other.model, model)),
  );
  return clash && { code: "AlreadyExists", message: fill(clash.message, model, cloud.settings) };
}

function notUpdatable(
  known: KnownType,
  { identifier, model }: Resource,
  wanted: Props,
): HandlerFailure | undefined {
  const live = readView(known, model);
  const refused = known.behaviour.notUpdatable?.some((pattern) => differs(pattern, live, wanted));
  const message = `Resource of type '${known.type}' with identifier '${identifier}' is not updatable with parameters provided.`;
  return refused ? { code: "NotUpdatable", message } : undefined;
}

const sameIn = (keys: readonly string[], a: Props, b: Props): boolean =>
  keys.every((key) => equal(a[key], b[key]));
