import { ResourceError } from "../errors.ts";
import { type Json, type Pointer, type Props, isProps } from "../json.ts";
import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { toProps } from "../schema/input.ts";
import { referencedProperty } from "../schema/references.ts";
import type { Note } from "../services/note.ts";
import { noteOf } from "../services/notes.ts";
import { readOptions } from "./option-rules.ts";
import type { ResourceOptions } from "./options.ts";
import { originOf } from "./outputs.ts";
import { secretIn } from "./secret.ts";

/** One declared resource, read into what the engine works with. */
export interface Call {
  readonly id: string;
  readonly type: string;
  readonly facts: Facts;
  readonly note: Note | undefined;
  readonly desired: Props;
  /** Where secret() values stood. */
  readonly secrets: readonly Pointer[];
  /** The ids of resources passed as references, or named by dependsOn. */
  readonly dependencies: readonly string[];
  readonly options: ResourceOptions;
}

/** What a script passed: properties and options in one object, or properties apart (they may then begin in lower case). */
export interface Declared {
  readonly input: unknown;
  readonly apart?: readonly [desired: unknown] | undefined;
}

/** Reads what a script passed: options apart from properties, references and secrets resolved, all of it JSON. */
export function readCall(type: string, id: string, { input, apart }: Declared): Call {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ResourceError("VALIDATION", "properties must be an object", { type, id });
  }
  const given = split(input);
  const [stray] = apart ? Object.keys(given.properties) : [];
  if (stray !== undefined) {
    throw new ResourceError("VALIDATION", `${stray} stands beside DesiredState, not in it`, { type, id });
  }
  const facts = bundledFacts(type) ?? { type };
  const secrets: Pointer[] = [];
  const dependencies = new Set<string>();

  const replace = (value: object, pointer: Pointer): Json | undefined => {
    const hidden = secretIn(value);
    if (hidden) {
      secrets.push(pointer);
      return toProps({ value: hidden.value }, { at: pointer })["value"];
    }
    const origin = originOf(value);
    if (!origin || pointer === "") return undefined;
    dependencies.add(origin.id);
    return referenced(facts, pointer, { type: origin.type, outputs: value });
  };

  try {
    const options = readOptions(given.options);
    const desired = toProps(apart ? apart[0] : given.properties, { replace });
    for (const needed of options.dependsOn ?? []) dependencies.add(idOf(needed));
    return {
      id,
      type,
      facts,
      note: noteOf(type),
      desired,
      secrets,
      dependencies: [...dependencies],
      options,
    };
  } catch (error) {
    throw error instanceof ResourceError ? error.at({ type, id }) : error;
  }
}

/** Lower case is ours, everything else AWS's: the two never collide. */
function split(input: object): { options: Readonly<Record<string, unknown>>; properties: object } {
  const isOption = ([name]: readonly [string, unknown]): boolean => /^[a-z]/.test(name);
  const members = Object.entries(input);
  return {
    options: Object.fromEntries(members.filter(isOption)),
    properties: Object.fromEntries(members.filter((member) => !isOption(member))),
  };
}

function referenced(facts: Facts, pointer: Pointer, target: { type: string; outputs: object }): Json {
  const outputs = isProps(target.outputs) ? target.outputs : {};
  const property = referencedProperty(facts, pointer, { type: target.type, outputs });
  const value = property === undefined ? undefined : outputs[property];
  if (value !== undefined) return value;
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
