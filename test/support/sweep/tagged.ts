import type { Phase, Report } from "../../../src/events.ts";
import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { type Json, type Props, equal, isList, isProps, plantAt } from "../../../src/json.ts";
import { completeFacts } from "../../../src/registry/complete.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts, TagFacts } from "../../../src/schema/facts.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { World } from "./life.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** A type that has tags, with an instance that has one of its own. */
export interface Tagged extends Subject {
  readonly place: TagFacts;
  /** Whether its schema lets tags be given only when it is made. */
  readonly isFixed: boolean;
  /** Whether no read shows them, the emulator's own list neither. */
  readonly isHidden: boolean;
}

/** What its schema lets be asked is refused by its service, or it has no handlers. */
const unmade: readonly string[] = ["AWS::DynamoDB::Table", "AWS::NimbleStudio::Studio"];

/** Makes the subject of a schema that has tags; undefined where it has none, or no instance can be made. */
export function taggedOf(document: Props): Tagged | "no tags" | "no instance" {
  const type = String(document["typeName"]);
  const described = completeFacts(type, factsFromSchema(document));
  const place = bundledFacts(type)?.tags ?? described.tags;
  const shapes = isProps(document["properties"]) ? document["properties"] : {};
  const [, top = ""] = (place?.path ?? "").split("/");
  if (!place || !(top in shapes)) return "no tags";
  if (unmade.includes(type)) return "no instance";
  const subject = subjectOf(document);
  if (!subject) return "no instance";
  const desired = { ...subject.desired, ...ownTags(place) };
  const isHidden = (described.writeOnly ?? []).some((pointer) => pointer.split("/")[1] === top);
  return { ...subject, desired, place, isFixed: areFixed(described, top), isHidden };
}

function areFixed(
  { tags, createOnly = [], conditionalCreateOnly = [], ...facts }: Facts,
  top: string,
): boolean {
  const { handlers, required = [], writeOnly = [] } = facts;
  const isAtTop = (pointer: string): boolean => pointer === `/${top}` || pointer.startsWith(`/${top}/`);
  const isStuck = required.some((pointer) => writeOnly.includes(pointer) && createOnly.includes(pointer));
  const isSaid = tags?.updatable === false || handlers?.includes("update") === false;
  return isSaid || isStuck || [...createOnly, ...conditionalCreateOnly].some(isAtTop);
}

function ownTags({ path, shape, key = "Key", resourceType, beside }: TagFacts): Props {
  const list = [{ [key]: "own", [key.replace("Key", "Value")]: "kept", ...beside }];
  if (resourceType !== undefined) return { TagSpecifications: [{ ResourceType: resourceType, Tags: list }] };
  const planted = plantAt({}, path, shape === "map" ? { own: "kept" } : list);
  return isProps(planted) ? planted : {};
}

/** All that stands as a tag in a model, wherever and in whichever shape. */
function tagsIn(model: Json | undefined, within = false): Record<string, string> {
  if (isList(model)) return Object.assign({}, ...model.map((one) => tagsIn(one, within)));
  if (!isProps(model)) return {};
  const [key, value] = [model["Key"] ?? model["TagKey"], model["Value"] ?? model["TagValue"]];
  if (within && typeof key === "string" && typeof value === "string") return { [key]: value };
  return Object.entries(model).reduce((found, [name, inner]) => {
    if (within && typeof inner === "string" && name !== "ResourceType") return { ...found, [name]: inner };
    const isTags = within || /^(\w*Tags|TagList|TagSpecifications|\w*TagsAtCreate)$/.test(name);
    return isTags ? { ...found, ...tagsIn(inner, true) } : found;
  }, {});
}

const first = { team: "shop", env: "dev" };
const second = { team: "web", cost: "12" };

/** Leads one type through a life with tags of its run; returns what went wrong, or undefined. */
export async function taggedLifeOf(subject: Tagged, world: World): Promise<string | undefined> {
  try {
    await lived(subject, world);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function lived(
  { type, desired, place, isFixed, isHidden }: Tagged,
  { emulator, clock }: World,
): Promise<void> {
  const store = memoryStore();
  const ofType = () => emulator.resources().filter(({ TypeName }) => TypeName === type);
  const around = new Set(ofType().map(({ Identifier }) => Identifier));
  const run = async (tags: Record<string, string>, phase: Phase = "deploy"): Promise<Report> => {
    const given = { store, endpoint: emulator.url, region: "us-east-1", tags };
    const settings = settingsOf(`tags ${type}`, given, {});
    const program = () => CloudControlResource("it", { TypeName: type, DesiredState: desired });
    const report = await runAll({ ...settings, clock }, { phase }, program);
    const error = report.changes.find((one) => one.error)?.error;
    if (error) throw new Error(`${phase} with ${JSON.stringify(tags)}: ${error.message}`);
    return report;
  };
  const mine = () => ofType().filter(({ Identifier }) => !around.has(Identifier));
  let made: string | undefined;
  const step = async (tags: Record<string, string>, move: string, then: Props): Promise<void> => {
    const report = await run(tags);
    const name = JSON.stringify(tags);
    const [change] = report.changes;
    check(change?.move === move, `${name} was ${change?.move}: ${JSON.stringify(change?.because)}`);
    const [only, ...others] = mine();
    made ??= only?.Identifier;
    check(others.length === 0 && only?.Identifier === made, `${name} made another`);
    const [, top = ""] = place.path.split("/");
    const there = tagsIn(only?.Properties[top], true);
    check(
      isHidden || equal(there, then),
      `${name} left ${JSON.stringify(there)}, not ${JSON.stringify(then)}`,
    );
    const again = await run(tags);
    // What no version carries has its schema read, which a store of files keeps for a week.
    const calls = Object.keys(again.calls).filter((api) => bundledFacts(type) || api !== "DescribeType");
    check(calls.length === 0, `${name} again called ${JSON.stringify(again.calls)}`);
  };
  const own = { own: "kept" };
  const then = (tags: Props): Props => ({ ...own, ...(isFixed ? first : tags) });
  await step(first, "create", then(first));
  await step(second, isFixed ? "nothing" : "update", then(second));
  await step({}, isFixed ? "nothing" : "update", then({}));
  await step(second, isFixed ? "nothing" : "update", then(second));
  await run({}, "destroy");
  check(mine().length === 0, "something is left");
}

function check(is: boolean, otherwise: string): void {
  if (!is) throw new Error(otherwise);
}
