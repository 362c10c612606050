import type { Props } from "../../json.ts";
import { disguise } from "../hostile/disguise.ts";
import { type Lag, lagOf } from "../hostile/stale.ts";
import type { Nature } from "../hostile/nature.ts";
import type { Cloud } from "./cloud.ts";
import type { KnownType } from "./known-type.ts";
import { readView } from "./model.ts";
import type { Resource } from "./resource.ts";

/** What a read shows of a resource now; undefined where it finds none. */
export function seenAs(cloud: Cloud, known: KnownType, identifier: string): Props | undefined {
  const resource =
    cloud.find(known.type, identifier) ??
    cloud.ghosts(known.type).find((ghost) => ghost.identifier === identifier);
  return resource && shownNow(cloud, known, resource);
}

/** All of a type that reads show now, each as they show it. */
export function listSeen(cloud: Cloud, known: KnownType): { identifier: string; model: Props }[] {
  const there = cloud.all(known.type);
  const names = new Set(there.map(({ identifier }) => identifier));
  const ghosts = cloud.ghosts(known.type).filter(({ identifier }) => !names.has(identifier));
  return [...there, ...ghosts].flatMap((resource) => {
    const model = shownNow(cloud, known, resource);
    return model ? [{ identifier: resource.identifier, model }] : [];
  });
}

/** Reads are eventually consistent: what is new or changed shows only after a while, if the settings say so. */
function shownNow(cloud: Cloud, known: KnownType, resource: Resource): Props | undefined {
  const { now, staleReadMs } = cloud.settings;
  if (now() < resource.createdAt + staleReadMs(resource.type)) return undefined;
  const model = modelNow(cloud, resource);
  if (!model) return undefined;
  const visible = readView(known, model);
  const nature = natureOf(cloud, resource);
  if (!nature) return visible;
  return disguise(known, { model, visible }, nature, nature.hostility.next(`read ${nature.drawn}`));
}

const modelNow = ({ settings }: Cloud, { model, before }: Resource): Props | undefined =>
  before && settings.now() < before.until ? before.model : model;

/** How hostile handlers treat a resource; undefined where they are not hostile. */
export function natureOf({ settings: { hostile } }: Cloud, { drawn = 0 }: Resource): Nature | undefined {
  return hostile && { hostility: hostile, drawn };
}

/** A new resource, as reads will show it: not yet, or as the one of its name that is gone, for as long as they lag. */
export function withBirth(cloud: Cloud, resource: Resource): Resource {
  const { hostile, now } = cloud.settings;
  if (!hostile) return resource;
  const drawn = hostile.next(`create ${resource.type}`);
  const { ms, isMissing } = lagOf(hostile, "create", resource.type);
  const ghost = cloud.ghosts(resource.type).find(({ identifier }) => identifier === resource.identifier);
  const model = isMissing ? undefined : ghost?.model;
  return { ...resource, drawn, ...(ms > 0 && { before: { model, until: now() + ms } }) };
}

/** What reads show for as long as they lag behind an update: what they showed until now, or nothing. */
export function beforeUpdate(cloud: Cloud, current: Resource): Pick<Resource, "before"> {
  const { now, staleUpdateMs, hostile } = cloud.settings;
  const { ms, isMissing }: Lag = lagOf(hostile, "update", current.type);
  const until = now() + Math.max(ms, staleUpdateMs(current.type));
  const { before } = current;
  if (hostile && before && before.until > until) return { before };
  return until > now() ? { before: { model: isMissing ? undefined : modelNow(cloud, current), until } } : {};
}
