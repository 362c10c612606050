import { type Json, type Props, pointerOf, segmentsOf, valueAt } from "../../json.ts";
import type { Shape } from "../../schema/facts.ts";
import type { KnownType } from "./known-type.ts";
import type { Settings } from "./options.ts";
import { randomWord } from "./template.ts";

/** Invents a believable value for a property that the service makes, judging by its name and shape. */
export function inventValue(
  known: KnownType,
  name: string,
  model: Props,
  settings: Settings,
): Json | undefined {
  const { members, attributes } = known.facts;
  const shape = members?.properties[name] ?? attributes?.[pointerOf([name])] ?? "string";
  return inShape(known, name, { shape, model, settings });
}

interface WantedShape {
  readonly shape: Shape;
  readonly model: Props;
  readonly settings: Settings;
}

function inShape(known: KnownType, name: string, wanted: WantedShape): Json | undefined {
  const { shape } = wanted;
  if (typeof shape === "string") return inScalar(known, name, wanted);
  // Of objects none: what they hold hangs together in ways that no schema tells.
  if ("list" in shape)
    return typeof shape.list === "string" ? inItems(known, name, { ...wanted, shape: shape.list }) : [];
  if (!("ref" in shape)) return undefined;
  const { properties = {} } = known.facts.definitions?.[shape.ref] ?? {};
  const members = Object.entries(properties).flatMap(([inner, one]): [string, Json][] => {
    const value = inScalar(known, inner, { ...wanted, shape: one });
    return value === undefined ? [] : [[inner, value]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function inScalar(known: KnownType, name: string, { shape, model, settings }: WantedShape): Json | undefined {
  if (shape === "integer" || shape === "number") return 1;
  if (shape === "boolean") return false;
  if (shape !== "string") return undefined;
  if (name.endsWith("Arn")) return arnOf(known, model, settings);
  if (/(Date|Time|At)$/.test(name)) return new Date(settings.now()).toISOString();
  if (/(Url|Uri)$/.test(name)) return `https://${hostOf(known, model, settings)}/`;
  if (/(Endpoint|DomainName|DnsName|Address)$/.test(name)) return hostOf(known, model, settings);
  if (/(State|Status)$/.test(name)) return "ACTIVE";
  if (name.endsWith("Id")) return `${shortName(known)}-${randomWord("hex", 17)}`;
  return `${shortName(known)}-${randomWord("lower", 12)}`;
}

function inItems(known: KnownType, name: string, wanted: WantedShape): Json {
  const item = inScalar(known, name.replace(/s$/, ""), wanted);
  return item === undefined ? [] : [item];
}

const partOf = (known: KnownType, part: 1 | 2): string =>
  (known.type.split("::")[part] ?? "thing").toLowerCase();

const serviceOf = (known: KnownType): string => partOf(known, 1);

const shortName = (known: KnownType): string => partOf(known, 2);

function arnOf(known: KnownType, model: Props, { region, account }: Settings): string {
  return `arn:aws:${serviceOf(known)}:${region}:${account}:${shortName(known)}/${nameIn(known, model)}`;
}

function hostOf(known: KnownType, model: Props, { region }: Settings): string {
  const label = nameIn(known, model)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, "-");
  return `${label}.${serviceOf(known)}.${region}.amazonaws.com`;
}

/** The last identifier part or name that is there already, or a fresh word. */
function nameIn(known: KnownType, model: Props): string {
  const named = known.identity
    .map((pointer) => valueAt(model, pointer))
    .findLast((value) => typeof value === "string");
  const [identity = ""] = known.identity.flatMap(segmentsOf);
  const given = named ?? model["Name"] ?? model[`${identity.replace(/(Arn|Id)$/, "")}Name`];
  return typeof given === "string" ? given : randomWord("hex", 12);
}
