import { type Json, type Props, child, isList, isProps, plantAt, segmentsOf, valueAt } from "../../json.ts";
import type { Facts, TagFacts } from "../../schema/facts.ts";
import type { Entry } from "../../entry.ts";
import type { Call } from "../call/read-call.ts";
import type { RunTags } from "../call/tagging.ts";

/** Tells whether tags are given when a resource is made and never again: whatever they become then replaces nothing. */
export function areTagsFixed(facts: Facts): boolean {
  const { tags, createOnly = [], conditionalCreateOnly = [], handlers } = facts;
  if (!tags || isNeverUpdated(facts)) return tags !== undefined;
  const [top = ""] = segmentsOf(tags.path);
  const isAt = (pointer: string): boolean => segmentsOf(pointer)[0] === top;
  const isLeft = handlers !== undefined && handlers.length > 0 && !handlers.includes("update");
  return tags.updatable === false || isLeft || [...createOnly, ...conditionalCreateOnly].some(isAt);
}

/** What an update may neither leave out nor send lets nothing be updated. */
const isNeverUpdated = ({ required = [], writeOnly = [], createOnly = [] }: Facts): boolean =>
  required.some((pointer) => writeOnly.includes(pointer) && createOnly.includes(pointer));

/** The call with the tags of its run under those that it declares itself, unless it does without. */
export function withRunTags(call: Call, tags: RunTags = {}): Call {
  const asked = call.options.tags === false ? {} : tags;
  if (Object.keys(asked).length === 0 || !call.facts.tags) return call;
  return {
    ...call,
    desired: placeTags(call.facts, call.desired, asked),
    tagging: { own: call.desired, asked },
  };
}

/** The call as a create asks it: with all tags of its run, also where only a create can give them. */
export function withAllTags(call: Call): Call {
  const { facts, tagging } = call;
  return tagging ? { ...call, desired: placeTags(facts, tagging.own, tagging.asked) } : call;
}

/** The call with those tags of a run that its resource has got when it was made, where it gets no others. */
export function withTagsAsMade(call: Call, prior: Entry): Call {
  const { facts, tagging } = call;
  const { runTags = {} } = prior;
  const { asked = {}, own = call.desired } = tagging ?? {};
  const keys = new Set([...Object.keys(runTags), ...Object.keys(asked)]);
  const isFixed = prior.areTagsFixed === true || areTagsFixed(facts);
  if (keys.size === 0 || !isFixed || prior.type !== call.type) return call;
  const known = [...keys].flatMap((key) => {
    const value = runTags[key] ?? tagAt(facts, prior.desired, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const made = Object.fromEntries(known);
  return { ...call, desired: placeTags(facts, own, made), tagging: { own, asked, made } };
}

/** The call with those tags of its run that what was found has already, where it gets no others. */
export function withTagsAsFound(call: Call, live: Props): Call {
  const { facts, tagging } = call;
  if (!tagging || !areTagsFixed(facts)) return call;
  const there = Object.entries(tagging.asked).filter(([key, value]) => tagAt(facts, live, key) === value);
  return { ...call, desired: placeTags(facts, tagging.own, Object.fromEntries(there)) };
}

/** The tags of its run that a call asks, as an entry keeps them: which they are is needed to take them away again. */
export function keptTags({
  facts,
  desired,
  tagging,
}: Pick<Call, "facts" | "desired" | "tagging">): Pick<Entry, "runTags" | "areTagsFixed"> {
  if (!tagging) return {};
  const kept = Object.keys({ ...tagging.asked, ...tagging.made }).flatMap((key) => {
    const value = isDeclared(facts, tagging.own, key) ? undefined : tagAt(facts, desired, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...(kept.length > 0 && { runTags: Object.fromEntries(kept) }),
    ...(areTagsFixed(facts) && { areTagsFixed: true }),
  };
}

/** The keys of the run's tags that a change from one model to another sets or takes away. */
export function movedTags(call: Call, live: Props, prior: Entry | undefined): readonly string[] {
  const { facts, desired, tagging } = call;
  const own = tagging?.own ?? desired;
  const keys = new Set([...Object.keys(prior?.runTags ?? {}), ...Object.keys(tagging?.asked ?? {})]);
  const isMoved = (key: string): boolean =>
    !isDeclared(facts, own, key) && tagAt(facts, live, key) !== tagAt(facts, desired, key);
  return [...keys].filter(isMoved).toSorted();
}

/** The value of a tag in a model, if it has one. */
export function tagAt({ tags }: Facts, props: Props, key: string): string | undefined {
  if (!tags) return undefined;
  const all = tagsIn(tags, props);
  const value = isList(all)
    ? child(
        all.find((tag) => child(tag, keyMember(tags)) === key),
        valueMember(tags),
      )
    : child(all, key);
  return typeof value === "string" ? value : undefined;
}

function isDeclared(facts: Facts, own: Props, key: string): boolean {
  return facts.tags !== undefined && hasKey(facts, tagsIn(facts.tags, own), key);
}

function tagsIn({ path, resourceType }: TagFacts, props: Props): Json | undefined {
  if (resourceType === undefined) return valueAt(props, path);
  const group = groupsIn(path, props).find((one) => child(one, "ResourceType") === resourceType);
  return child(group, "Tags");
}

/** Puts tags under those that a model has; what has another shape than the type's tags is left to be refused. */
function placeTags(facts: Facts, props: Props, tags: RunTags): Props {
  const { tags: place } = facts;
  if (!place) return props;
  const there = tagsIn(place, props) ?? undefined;
  const added = Object.entries(tags)
    .filter(([key]) => !hasKey(facts, there, key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (added.length === 0) return props;
  const whole = joinTags(place, there, added);
  if (whole === undefined) return props;
  const { path, resourceType } = place;
  if (resourceType === undefined) return asProps(plantAt(props, path, whole));
  const rest = groupsIn(path, props).filter((one) => child(one, "ResourceType") !== resourceType);
  const [top = ""] = segmentsOf(path);
  return { ...props, [top]: [...rest, { ResourceType: resourceType, Tags: whole }] };
}

type NewTags = readonly (readonly [key: string, value: string])[];

function joinTags(place: TagFacts, there: Json | undefined, added: NewTags): Json | undefined {
  if (place.shape === "map")
    return there === undefined || isProps(there) ? { ...there, ...Object.fromEntries(added) } : undefined;
  if (there !== undefined && !isList(there)) return undefined;
  const items = added.map(([key, value]) => ({
    [keyMember(place)]: key,
    [valueMember(place)]: value,
    ...place.beside,
  }));
  return [...(there ?? []), ...items];
}

/** IAM knows no two keys that differ by their case alone: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
function hasKey({ type = "", tags }: Facts, all: Json | undefined, key: string): boolean {
  const isSame = (other: Json | undefined): boolean =>
    typeof other === "string" &&
    (other === key || (type.startsWith("AWS::IAM::") && other.toLowerCase() === key.toLowerCase()));
  if (!isList(all)) return isProps(all) && Object.keys(all).some(isSame);
  return tags !== undefined && all.some((tag) => isSame(child(tag, keyMember(tags))));
}

const keyMember = ({ key = "Key" }: TagFacts): string => key;

const valueMember = (place: TagFacts): string =>
  keyMember(place).replace(/key$/i, (end) => (end === "key" ? "value" : "Value"));

function groupsIn(path: string, props: Props): readonly Json[] {
  const groups = child(props, segmentsOf(path)[0] ?? "");
  return isList(groups) ? groups : [];
}

const asProps = (value: Json): Props => (isProps(value) ? value : {});
