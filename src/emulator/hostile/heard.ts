import { type Json, type Props, equal, isProps } from "../../json.ts";
import { chance } from "./drawing.ts";
import { habitsOf } from "./handlers.ts";
import type { Hostility } from "./options.ts";
import type { Nature, TreatedType } from "./nature.ts";

/** How many of the properties that are taken away stay as they were. */
const ignoredShare = 0.25;

/** What an update is: what a read showed before it, and that with the patch applied. */
export interface Said {
  readonly shown: Props;
  readonly result: Props;
}

/**
 * What a handler makes of an update: it compares the two, and where they are the same, what is there stays as it is.
 * `model` is what is there, less what no read shows.
 */
export function hear({ shown, result }: Said, model: Props): Props {
  const left = hearValue(result, shown, model);
  return isProps(left) ? left : {};
}

function hearValue(result: Json, shown: Json | undefined, there: Json | undefined): Json | undefined {
  // An echo that nobody has touched comes to nothing.
  if (equal(result, shown)) return there;
  if (!isProps(result) || !isProps(shown)) return result;
  const model = isProps(there) ? there : {};
  const members = Object.entries(result).flatMap(([name, value]): [string, Json][] => {
    const kept = hearValue(value, own(shown, name), own(model, name));
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(members);
}

/** With what no read shows and no update can name, because it is fixed at creation or holds what is: a service keeps it. */
export function withFixed({ writeOnly, createOnly }: TreatedType, wanted: Props, current: Props): Props {
  const kept = Object.entries(current).filter(([name]) => {
    const at = `/${name}`;
    const isFixed = createOnly.some((one) => one === at || one.startsWith(`${at}/`));
    return isFixed && writeOnly.includes(at) && !Object.hasOwn(wanted, name);
  });
  return { ...wanted, ...Object.fromEntries(kept) };
}

const own = (props: Props, name: string): Json | undefined =>
  Object.hasOwn(props, name) ? props[name] : undefined;

/** With what the service keeps although the update takes it away. */
export function withIgnored(
  told: TreatedType,
  wanted: Props,
  current: Props,
  { hostility, drawn }: Nature,
): Props {
  if (!hostility.has("ignores")) return wanted;
  const kept = Object.entries(current).filter(
    ([name]) =>
      !Object.hasOwn(wanted, name) &&
      !told.writeOnly.some((one) => one === `/${name}` || one.startsWith(`/${name}/`)) &&
      chance(drawn, "ignores", name) < ignoredShare,
  );
  return { ...wanted, ...Object.fromEntries(kept) };
}

/** With the secret that is generated: another one each time that its generator is sent, else the one there is. */
export function withGenerated(
  { type }: Pick<TreatedType, "type">,
  wanted: Props,
  current: Props,
  hostility: Hostility,
): Props {
  const [by, value] = habitsOf(type).generates ?? [];
  if (by === undefined || value === undefined || !hostility.has("generated")) return wanted;
  if (wanted[by] !== undefined) {
    return { ...wanted, [value]: `generated-${hostility.next(`secret ${type}`).toString(36).slice(2)}` };
  }
  const before = current[value];
  return wanted[value] === undefined && before !== undefined ? { ...wanted, [value]: before } : wanted;
}

/** The restore values that an update holds beyond what the read before it showed. */
export function restoresIn({ type }: Pick<TreatedType, "type">, said: Said, hostility: Hostility): string[] {
  const pointers = hostility.has("restores") ? (habitsOf(type).restores ?? []) : [];
  return pointers.filter((pointer) => {
    const value = own(said.result, pointer.slice(1));
    return value !== undefined && !equal(value, own(said.shown, pointer.slice(1)));
  });
}
