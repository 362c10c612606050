import { type Pointer, type Props, segmentsOf } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { noteOf } from "../../services/notes.ts";
import type { Behaviour } from "../behaviours/behaviour.ts";
import { behaviourOf } from "../behaviours/all.ts";
import type { Settings } from "./options.ts";
import { serviceRefusal } from "./refusal.ts";

/** Everything the emulator knows of a type: its facts completed by its behaviour. */
export interface KnownType {
  readonly type: string;
  readonly facts: Facts;
  readonly behaviour: Behaviour;
  readonly identity: readonly Pointer[];
  readonly readOnly: readonly Pointer[];
  readonly writeOnly: readonly Pointer[];
  readonly createOnly: readonly Pointer[];
  /** `create`, `read`, `update`, `delete`, `list`: those the type has. */
  readonly handlers: readonly string[];
  readonly listNeeds: readonly string[];
}

const union = (a: readonly Pointer[] = [], b: readonly Pointer[] = []): Pointer[] => [
  ...new Set([...a, ...b]),
];

/** Looks a type up, or refuses with TypeNotFoundException. */
export function knownOf(settings: Settings, type: string): KnownType {
  const facts = settings.facts(type);
  if (!facts) throw serviceRefusal("TypeNotFoundException", `The type '${type}' cannot be found.`);
  const behaviour = settings.schemas.has(type) ? withSchema(facts, behaviourOf(type)) : behaviourOf(type);
  const movable = union(behaviour.mutable, behaviour.notUpdatable);
  return {
    type,
    facts,
    behaviour,
    identity: facts.primaryIdentifier ?? ["/Id"],
    readOnly: union(facts.readOnly, behaviour.readOnly),
    writeOnly: union(facts.writeOnly, behaviour.writeOnly),
    createOnly: (facts.createOnly ?? []).filter((pointer) => !movable.includes(pointer)),
    handlers: behaviour.handlers ?? facts.handlers ?? ["create", "read", "update", "delete", "list"],
    listNeeds: behaviour.listNeeds ?? noteOf(type)?.listNeeds ?? [],
  };
}

/** A schema that was handed in has the last word on what it speaks of; the service's values and conflicts stay. */
const withSchema = (facts: Facts, behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  ...(behaviour.made && { made: (model: Props) => knownAmong(facts, dataOf(behaviour.made, model)) }),
  ...(facts.handlers && { handlers: facts.handlers }),
  readOnly: [],
  writeOnly: [],
  mutable: [],
  notUpdatable: [],
});

const dataOf = (source: Behaviour["made"], model: Props): Props =>
  typeof source === "function" ? source(model) : (source ?? {});

/** What the schema has heard of: an older one knows fewer of the values that the service makes. */
function knownAmong({ members, readOnly = [], primaryIdentifier = [] }: Facts, made: Props): Props {
  const names = [...readOnly, ...primaryIdentifier].map((pointer) => segmentsOf(pointer)[0] ?? "");
  const known = new Set([...Object.keys(members?.properties ?? {}), ...names]);
  return members ? Object.fromEntries(Object.entries(made).filter(([name]) => known.has(name))) : made;
}

/** Refuses an action whose handler the type lacks. */
export function requireHandler(known: KnownType, action: string): void {
  if (known.handlers.includes(action)) return;
  throw serviceRefusal(
    "UnsupportedActionException",
    `Resource type ${known.type} does not support ${action.toUpperCase()} action`,
  );
}

/** Writes a pointer as the registry does: `/Code` is `/properties/Code`. */
export const registryPointer = (pointer: Pointer): string => `/properties${pointer}`;
