import { type Props, isList, isProps, valueAt } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { identifierOf } from "../../schema/identifier.ts";
import { isResourceError } from "../../errors.ts";
import type { Counterpart } from "../../services/note.ts";
import { noteOf } from "../../services/notes.ts";
import type { Context } from "../context.ts";
import { isUnknown } from "../outputs/placeholders.ts";

/**
 * Where a map of this resource has keys that another one would have to declare, and does not as the script asks it, or
 * as it is recorded: one line each. What is not to be seen is for the service to complain of.
 */
export function lackingCounterparts(context: Context): readonly string[] {
  return (context.call.note?.counterparts ?? []).flatMap((counterpart) =>
    itemsOf(context.call.desired, counterpart).flatMap(({ path, item }) => {
      const keys = Object.keys(mapAt(item, counterpart.at)).filter((key) => !isUnknown(key));
      const other = keys.length > 0 && modelOf(context, counterpart, item);
      if (!other) return [];
      const there = mapAt(other, counterpart.there);
      return keys
        .filter((key) => !Object.hasOwn(there, key))
        .map((key) => `${path}${counterpart.at}/${key}: ${counterpart.otherwise}`);
    }),
  );
}

/** This resource, or each item of its list, with the properties that name it. */
function itemsOf(desired: Props, { items }: Counterpart): { readonly path: string; readonly item: Props }[] {
  if (items === undefined) return [{ path: "", item: desired }];
  const list = valueAt(desired, items);
  return (isList(list) ? list : []).flatMap((item, i) =>
    isProps(item) ? [{ path: `${items}/${i}`, item: { ...desired, ...item } }] : [],
  );
}

function mapAt(model: Props, pointer: string): Props {
  const map = valueAt(model, pointer);
  return isProps(map) ? map : {};
}

/** The other resource: as a call of its own asks it, as the call of its owner does, or as it is recorded. */
function modelOf(
  { scope: { journal }, records }: Context,
  { type }: Counterpart,
  item: Props,
): Props | undefined {
  const { primaryIdentifier = [] } = bundledFacts(type) ?? {};
  const isSame = (other: Props, names: readonly string[]): boolean =>
    names.every((name) => item[name] !== undefined && other[name] === item[name]);
  const declared = (of: string, names: readonly string[]): Props[] =>
    [...journal.declared].flatMap(([id, props]) =>
      journal.seen.get(id) === of && isSame(props, names) ? [props] : [],
    );
  const [own] = declared(
    type,
    primaryIdentifier.map((pointer) => pointer.slice(1)),
  );
  if (own) return own;
  const part = noteOf(type)?.part;
  const inside = part && declared(part.owner, part.identity).flatMap((owner) => listAt(owner, part.at));
  const within = inside?.find((one) => part?.key !== undefined && one[part.key] === item[part.key]);
  if (within) return within;
  const identifier = identifierOf(bundledFacts(type) ?? {}, item);
  for (const entry of records.all().values())
    if (!isResourceError(entry) && entry.type === type && entry.identifier === identifier) return entry.live;
  return undefined;
}

function listAt(model: Props, pointer: string): Props[] {
  const list = valueAt(model, pointer);
  return isList(list) ? list.filter(isProps) : [];
}
