import {
  type Json,
  type Pointer,
  type Props,
  covers,
  expand,
  isList,
  isProps,
  matches,
  pointerOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import { chance, shuffle } from "./drawing.ts";
import { echoesIn } from "./echoes.ts";
import { habitsOf } from "./handlers.ts";
import { respell, withKeysMixed } from "./spelling.ts";
import type { Nature, TreatedType, Truth } from "./nature.ts";

/** What a hostile read shows of a resource; `nth` tells this read from others. */
export function disguise(told: TreatedType, truth: Truth, nature: Nature, nth: number): Props {
  const { hostility, drawn } = nature;
  const echoed = { ...withSecrets(told, truth, nature), ...echoesIn(told, truth.visible, nature) };
  const spelt = hostility.has("json") ? asProps(respell(echoed, drawn)) : echoed;
  const cased = hostility.has("case") ? lowered(told, spelt) : spelt;
  if (!hostility.has("order")) return cased;
  return asProps(withKeysMixed(reordered(told, cased, { drawn, nth }, []), drawn, nth));
}

const asProps = (value: Json): Props => (isProps(value) ? value : {});

/** With some of the write-only values, in one form or another; those inside lists stay away. */
function withSecrets(
  { writeOnly, createOnly, type }: TreatedType,
  { model, visible }: Truth,
  nature: Nature,
): Props {
  if (!nature.hostility.has("secrets")) return visible;
  const pointers = writeOnly.flatMap((pattern) => (pattern.includes("/*") ? [] : expand(model, pattern)));
  const generates: readonly string[] = habitsOf(type).generates ?? [];
  return pointers.reduce<Props>((shown, pointer) => {
    if (generates.includes(pointer.slice(1))) return shown;
    const isFixed = createOnly.some((pattern) => covers(pattern, pointer));
    const form = formOf(valueAt(model, pointer) ?? null, nature.drawn, { pointer, isFixed });
    const next = form === undefined ? shown : withValueAt(shown, pointer, form);
    return isProps(next) ? next : shown;
  }, visible);
}

interface SecretPlace {
  readonly pointer: Pointer;
  /** What is fixed at creation comes back as it is or not at all: nobody could tell another form of it from a change. */
  readonly isFixed: boolean;
}

function formOf(value: Json, drawn: number, { pointer, isFixed }: SecretPlace): Json | undefined {
  const share = chance(drawn, "secret", pointer);
  if (share < 0.5) return undefined;
  if (typeof value !== "string") return share < 0.75 && typeof value === "object" ? value : undefined;
  if (share < 0.7) return "********";
  if (share < 0.85 || isFixed) return value;
  return `{digest}${chance(value).toString(16).slice(2)}`;
}

function lowered({ type }: TreatedType, model: Props): Props {
  const pointers = (habitsOf(type).caseless ?? []).flatMap((pattern) => expand(model, pattern));
  return pointers.reduce<Props>((shown, pointer) => {
    const value = valueAt(shown, pointer);
    const next = typeof value === "string" ? withValueAt(shown, pointer, value.toLowerCase()) : shown;
    return asProps(next);
  }, model);
}

/** Lists by these names come back in the service's order, whatever the schema says of it. */
const ownOrder =
  /(Subnets?|SubnetIds|SecurityGroups|SecurityGroupIds|AvailabilityZones|Selectors|ManagedPolicyArns)$/;

/** Where order means nothing it is another one in every read; elsewhere the service's own. */
function reordered(
  told: TreatedType,
  value: Json,
  by: { readonly drawn: number; readonly nth: number },
  path: readonly string[],
): Json {
  if (isProps(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, reordered(told, item, by, [...path, name])]),
    );
  }
  if (!isList(value)) return value;
  const items = value.map((item, i) => reordered(told, item, by, [...path, String(i)]));
  const at = pointerOf(path);
  if ((told.facts.unordered ?? []).some((pattern) => matches(pattern, at)))
    return shuffle(items, by.drawn, by.nth, at);
  return ownOrder.test(path.at(-1) ?? "") ? shuffle(items, by.drawn, at) : items;
}
