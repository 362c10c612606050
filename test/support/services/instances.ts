import { type Json, type Props, isProps, segmentsOf, withValueAt } from "../../../src/json.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts, Members, Shape } from "../../../src/schema/facts.ts";
import { behaviourOf } from "../../../src/emulator/behaviours/all.ts";
import type { NaturalKey } from "../../../src/services/note.ts";
import { pointerTo } from "./all-notes.ts";

/** The least desired state with which a type is created, and with it every part of a natural key. */
export function instanceOf(type: string, { parents, keys, tags = [] }: NaturalKey, mark = "ours"): Props {
  const facts = bundledFacts(type) ?? {};
  let model: Props = { ...leastOf(facts, facts.members), ...neededOf(type) };
  for (const pointer of [...parents, ...keys].map(pointerTo)) {
    const value = valueOf(facts, pointer, parents.includes(pointer.slice(1)) ? "parent" : mark);
    model = { ...model, ...placed(facts, model, pointer, value) };
  }
  return tags.length === 0 ? model : { ...model, ...tagged(facts, model, tags, mark) };
}

/** What the services ask for although no schema says so: the emulator refuses what lacks it, as they do. */
const needed: Readonly<Record<string, Props>> = {
  "AWS::ApiGatewayV2::Api": { Name: "any", ProtocolType: "HTTP" },
  "AWS::ApiGatewayV2::Integration": { IntegrationType: "MOCK" },
  "AWS::EC2::VPC": { CidrBlock: "10.0.0.0/16" },
  "AWS::Events::Rule": { ScheduleExpression: "rate(1 day)" },
  "AWS::IAM::ManagedPolicy": { PolicyDocument: { Statement: [] } },
};

const neededOf = (type: string): Props => needed[type] ?? {};

/** Something that both the shape and the emulator's rules for this place admit, and that differs from mark to mark. */
function valueOf(facts: Facts, pointer: string, mark: string): Json {
  const rule = behaviourOf(facts.type ?? "").rules?.find(({ path }) => path === pointer);
  const tries = [`${mark}-x1y`, `10.${mark.length}.0.0/16`, `arn:aws:iam::123456789012:role/${mark}`];
  if (rule) return tries.find((text) => rule.pattern.test(text)) ?? mark;
  const listed = facts.members?.values?.[pointer.slice(1)];
  if (listed) return listed[mark === "ours" ? 0 : listed.length - 1] ?? mark;
  const value = least(facts, shapeAt(facts, pointer), mark);
  return isProps(value) ? { ...firstTextOf(definitionAt(facts, pointer), mark), ...value } : value;
}

/** An object without any member says nothing that could be compared. */
function firstTextOf(members: Members | undefined, mark: string): Props {
  const [name] = Object.entries(members?.properties ?? {}).find(([, shape]) => shape === "string") ?? [];
  return name === undefined ? {} : { [name]: `${mark}-x1y` };
}

function shapeAt(facts: Facts, pointer: string): Shape {
  let members = facts.members;
  let shape: Shape = "any";
  for (const name of segmentsOf(pointer)) {
    shape = members?.properties[name] ?? "any";
    members = typeof shape === "object" && "ref" in shape ? facts.definitions?.[shape.ref] : undefined;
  }
  return shape;
}

function least(facts: Facts, shape: Shape, mark: string, depth = 0): Json {
  if (shape === "boolean") return true;
  if (shape === "integer" || shape === "number") return mark.length;
  if (shape === "json") return {};
  if (typeof shape === "string") return `${mark}-x1y`;
  // One item: an array without any says nothing that could be compared.
  if ("list" in shape) return depth === 0 ? [least(facts, shape.list, mark, 1)] : [];
  if ("map" in shape) return {};
  if ("oneOf" in shape) return least(facts, shape.oneOf[0] ?? "any", mark, depth);
  return depth < 8 ? leastOf(facts, facts.definitions?.[shape.ref], mark, depth + 1) : {};
}

function leastOf(facts: Facts, members: Members | undefined, mark = "any", depth = 1): Props {
  const names = members?.required ?? [];
  return Object.fromEntries(
    names.map((name) => [
      name,
      members?.values?.[name]?.[0] ?? least(facts, members?.properties[name] ?? "any", mark, depth),
    ]),
  );
}

/** The top-level property that holds the pointer, with the value put there. */
function placed(facts: Facts, model: Props, pointer: string, value: Json): Props {
  const [top = "", ...below] = segmentsOf(pointer);
  if (below.length === 0) return { [top]: value };
  const held = model[top] ?? leastOf(facts, definitionAt(facts, `/${top}`));
  return { [top]: withValueAt(isProps(held) ? held : {}, `/${below.join("/")}`, value) };
}

function definitionAt(facts: Facts, pointer: string): Members | undefined {
  const shape = shapeAt(facts, pointer);
  return typeof shape === "object" && "ref" in shape ? facts.definitions?.[shape.ref] : undefined;
}

function tagged(facts: Facts, model: Props, tags: readonly string[], mark: string): Props {
  const { path = "/Tags", shape, key = "Key" } = facts.tags ?? {};
  const value: Json =
    shape === "map"
      ? Object.fromEntries(tags.map((tag) => [tag, mark]))
      : tags.map((tag) => ({ [key]: tag, Value: mark }));
  return { ...model, [path.slice(1)]: value };
}
