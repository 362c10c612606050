import { ResourceError } from "../../errors.ts";
import { type Json, type Pointer, type Props, isProps } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import type { Facts } from "../../schema/facts.ts";
import { toProps } from "../../schema/input.ts";
import { referencedProperty } from "../../schema/references.ts";
import type { Note } from "../../services/note.ts";
import { noteOf } from "../../services/notes.ts";
import { readOptions } from "./check-options.ts";
import type { ResourceOptions } from "./options.ts";
import type { Tagging } from "./tagging.ts";
import { passOn } from "../outputs/opaque-values.ts";
import { originOf } from "../outputs/origin.ts";
import { secretIn } from "../secrets/secret.ts";
import { requireNoSecretName } from "./secret-name.ts";
import { type Texts, pointersTo, textsIn } from "../secrets/redact.ts";

/** One declared resource, read into what the engine works with. */
export interface Call {
  readonly id: string;
  readonly type: string;
  readonly facts: Facts;
  readonly note: Note | undefined;
  readonly desired: Props;
  /** Where secret() values stood, and values that hold what another call of the run has named secret. */
  readonly secrets: readonly Pointer[];
  /** What its run keeps to itself, and goes on growing. */
  readonly confidential: Texts;
  /** The ids of resources passed as references, or named by dependsOn. */
  readonly dependencies: readonly string[];
  readonly options: ResourceOptions;
  /** Where its run gives it tags: what it asks itself, and which they are. */
  readonly tagging?: Tagging | undefined;
}

/** What a script passed: properties and options in one object, or properties apart (they may then begin in lower case). */
export interface DeclaredInput {
  readonly input: unknown;
  readonly apart?: readonly [desired: unknown] | undefined;
  /** The texts that its run keeps to itself. */
  readonly confidential?: Set<string>;
}

/**
 * Reads what a script passed: options apart from properties, references and secrets resolved, all of it JSON. What it
 * names secret is added to what is confidential.
 */
export function readCall(
  type: string,
  id: string,
  { input, apart, confidential = new Set() }: DeclaredInput,
): Call {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ResourceError("VALIDATION", "properties must be an object", { type, id });
  }
  const given = split(input);
  const [stray] = apart ? Object.keys(given.properties) : [];
  if (stray !== undefined) {
    throw new ResourceError("VALIDATION", `${stray} stands beside DesiredState, not in it`, { type, id });
  }
  const facts = bundledFacts(type) ?? { type };
  const note = noteOf(type);
  const secrets: Pointer[] = [];
  const dependencies = new Set<string>();

  const replace = (value: object, pointer: Pointer): Json | undefined => {
    const hidden = secretIn(value);
    if (hidden) {
      const inside = toProps({ value: hidden.value }, { at: pointer, replace: uncover })["value"] ?? null;
      secrets.push(pointer);
      for (const text of textsIn(inside)) confidential.add(text);
      return inside;
    }
    const origin = originOf(value);
    if (!origin || pointer === "") return passOn(value);
    dependencies.add(origin.id);
    return referenceOf(facts, pointer, { type: origin.type, outputs: value });
  };

  try {
    const options = readOptions(given.options);
    const desired = toProps(apart ? apart[0] : given.properties, { replace });
    requireNoSecretName({ type, facts, note }, secrets);
    secrets.push(...heldIn({ desired, secrets, confidential }));
    return {
      id,
      type,
      facts,
      note,
      desired,
      secrets,
      confidential,
      dependencies: [...new Set([...dependencies, ...(options.dependsOn ?? []).map(idOf)])],
      options,
    };
  } catch (error) {
    throw error instanceof ResourceError ? error.at({ type, id }) : error;
  }
}

/** A secret inside a secret is as hidden as what is around it. */
function uncover(value: object, at: Pointer): Json | undefined {
  const text = passOn(value);
  if (text !== undefined) return text;
  const hidden = secretIn(value);
  return hidden && toProps({ value: hidden.value }, { at, replace: uncover })["value"];
}

/** Where properties hold what another call has named secret, e.g. an output that was passed on. */
export function heldIn({
  desired,
  secrets,
  confidential,
}: Pick<Call, "desired" | "secrets" | "confidential">): Pointer[] {
  const isNoted = (pointer: Pointer): boolean =>
    secrets.some((secret) => pointer === secret || pointer.startsWith(`${secret}/`));
  return pointersTo(desired, confidential).filter((pointer) => !isNoted(pointer));
}

/** Lower case is ours, everything else AWS's: the two never collide. */
function split(input: object): { options: Readonly<Record<string, unknown>>; properties: object } {
  const isOption = ([name]: readonly [string, unknown]): boolean => name >= "a" && name < "{";
  const members = Object.entries(input);
  if (!members.some(isOption)) return { options: {}, properties: input };
  return {
    options: Object.fromEntries(members.filter(isOption)),
    properties: Object.fromEntries(members.filter((member) => !isOption(member))),
  };
}

function referenceOf(facts: Facts, pointer: Pointer, target: { type: string; outputs: object }): Json {
  const outputs = isProps(target.outputs) ? target.outputs : {};
  const property = referencedProperty(facts, pointer, { type: target.type, outputs });
  const value = property === undefined ? undefined : outputs[property];
  if (value !== undefined) return (typeof value === "object" && value !== null && passOn(value)) || value;
  throw new ResourceError("VALIDATION", `${pointer} takes no ${target.type} as a whole`, {
    paths: [pointer],
    advice: `Pass one of its properties: ${Object.keys(outputs).slice(0, 6).join(", ")}.`,
  });
}

function idOf(needed: unknown): string {
  if (typeof needed === "string") return needed;
  const origin = typeof needed === "object" && needed !== null ? originOf(needed) : undefined;
  if (origin) return origin.id;
  throw new ResourceError("VALIDATION", "dependsOn takes ids and resources", {
    advice: "Await the resource first.",
  });
}
