import * as fc from "fast-check";
import { type Json, type Props, isList, isProps } from "../../../src/json.ts";
import { placeFor } from "./surroundings.ts";

/** What values are made from. */
interface Making {
  readonly document: Props;
  /** Different numbers make different values, where the schema leaves room. */
  readonly variant: number;
  readonly depth: number;
}

/** Makes a value for a property, as its service asks by its name or as its schema has it. */
export function propertyFor(name: string, shape: Props, making: Making): Json | undefined {
  const place = placeFor(making.document["typeName"], name, making.variant);
  const value = place ?? named[name]?.(making.variant);
  if (value === undefined) return valueFor(shape, making);
  const asksText = resolved(shape, making)["type"] === "string";
  return asksText && typeof value !== "string" ? JSON.stringify(value) : value;
}

/** Makes a value that fits a node of a registry schema; undefined where none can be made. */
function valueFor(node: Props, making: Making): Json | undefined {
  const { variant, depth } = making;
  if (depth > 12) return undefined;
  const inner = { ...making, depth: depth + 1 };
  const whole = resolved(node, making);
  if (whole["const"] !== undefined) return whole["const"];
  const choices = whole["enum"];
  if (isList(choices)) return choices[variant % choices.length];
  const types = isList(whole["type"]) ? whole["type"] : [whole["type"]];
  for (const type of types) {
    const value = ofType(type ?? (isObjectShape(whole) ? "object" : undefined), whole, inner);
    if (value !== undefined) return value;
  }
  return undefined;
}

const isObjectShape = (node: Props): boolean =>
  ["properties", "patternProperties"].some((key) => key in node);

const makers: Readonly<Record<string, (node: Props, making: Making) => Json | undefined>> = {
  string: (node, { variant }) => textFor(node, variant),
  integer: (node, { variant }) => numberFor(node, variant),
  number: (node, { variant }) => numberFor(node, variant),
  boolean: (_, { variant }) => variant % 2 === 0,
  array: (node, making) => listFor(node, making),
  object: (node, making) => objectFor(node, making),
};

function ofType(type: Json | undefined, node: Props, making: Making): Json | undefined {
  return typeof type === "string" ? makers[type]?.(node, making) : `v${making.variant}`;
}

/** Follows references and merges what combinators ask for; of alternatives, the first. */
function resolved(node: Props, making: Making, hops = 0): Props {
  if (hops > 12) return node;
  const reference = node["$ref"];
  if (typeof reference === "string") {
    const name = reference.replace(/^#\/definitions\//, "");
    const definitions = making.document["definitions"];
    const target = isProps(definitions) ? definitions[name] : undefined;
    return resolved(isProps(target) ? target : {}, making, hops + 1);
  }
  const { oneOf, anyOf, allOf, ...rest } = node;
  const firsts = [oneOf, anyOf].flatMap((list) => (isList(list) ? list.slice(0, 1) : []));
  const parts = [...firsts, ...(isList(allOf) ? allOf : [])].filter(isProps);
  return parts.reduce<Props>((whole, part) => merged(whole, resolved(part, making, hops + 1)), rest);
}

function merged(a: Props, b: Props): Props {
  const both = (name: string): Props => ({
    ...(isProps(a[name]) ? a[name] : {}),
    ...(isProps(b[name]) ? b[name] : {}),
  });
  const required = [a["required"], b["required"]].flatMap((list) => (isList(list) ? list : []));
  return {
    ...a,
    ...b,
    ...((a["properties"] ?? b["properties"]) && { properties: both("properties") }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

const policy = (variant: number): Json => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: `s3:Get${variant}`, Resource: "*" }],
});

/** What services ask of properties by these names, and their schemas do not tell. */
const named: Readonly<Record<string, (variant: number) => Json>> = {
  AliasName: (variant) => `alias/a${variant}`,
  AssumeRolePolicyDocument: policy,
  CidrBlock: (variant) => `10.${variant}.0.0/16`,
  PolicyDocument: policy,
  ProtocolType: () => "HTTP",
};

const samples = (variant: number): readonly string[] => [
  `value-${variant}`,
  `Value${variant}`,
  `v${variant}`,
  `10.${variant}.0.0/16`,
  `10.0.0.${variant}`,
  `arn:aws:iam::123456789012:role/role${variant}`,
  `arn:aws:s3:::bucket-${variant}`,
  `https://example${variant}.com/path`,
  `user${variant}@example.com`,
  `2026-01-0${(variant % 8) + 1}T00:00:00Z`,
  `2026-01-0${(variant % 8) + 1}`,
  `12345678901${variant % 10}`,
  `${variant + 1}`,
  `/path/${variant}`,
  `rate(${variant + 2} hours)`,
  `{"v":"${variant}"}`,
  `00000000-0000-4000-8000-00000000000${variant % 10}`,
];

function textFor(node: Props, variant: number): string | undefined {
  const { pattern, minLength, maxLength } = node;
  const least = typeof minLength === "number" ? minLength : 0;
  const most = typeof maxLength === "number" ? maxLength : 2_048;
  const fits = (text: string): boolean => text.length >= least && text.length <= most;
  const plain = samples(variant).map((text) => (text.length < least ? text.padEnd(least, "0") : text));
  if (typeof pattern !== "string")
    return plain.find(fits) ?? `${variant}`.padEnd(Math.max(1, least), "a").slice(0, most);
  const form = formOf(pattern);
  if (!form) return plain.find(fits);
  return plain.find((text) => fits(text) && form.test(text)) ?? drawn(form, fits, variant);
}

function formOf(pattern: string): RegExp | undefined {
  for (const flags of ["", "u"]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}

function drawn(form: RegExp, fits: (text: string) => boolean, variant: number): string | undefined {
  try {
    const texts = fc.sample(fc.stringMatching(form, { size: "medium" }), { seed: 7 + variant, numRuns: 400 });
    return texts.find((text) => fits(text) && form.test(text) && !/[|\p{Cc}]/u.test(text));
  } catch {
    return undefined;
  }
}

function numberFor({ minimum, maximum, exclusiveMinimum, multipleOf }: Props, variant: number): number {
  const least =
    typeof minimum === "number" ? minimum : typeof exclusiveMinimum === "number" ? exclusiveMinimum + 1 : 1;
  const most = typeof maximum === "number" ? maximum : Number.POSITIVE_INFINITY;
  const step = typeof multipleOf === "number" ? multipleOf : 1;
  const value = Math.ceil(least / step) * step + variant * step;
  return value <= most ? value : least;
}

function listFor(node: Props, making: Making): Json | undefined {
  const { items, minItems } = node;
  const count = typeof minItems === "number" ? Math.max(1, minItems) : 1;
  const shape = isProps(items) ? items : {};
  const list = Array.from({ length: count }, (_, i) =>
    valueFor(shape, { ...making, variant: making.variant + i * 3 }),
  ).filter((value) => value !== undefined);
  return list.length === count ? list : minItems === undefined || minItems === 0 ? [] : undefined;
}

/** What is required, and of what may be left out only as much as must be there. */
export function objectFor(node: Props, making: Making): Props | undefined {
  const { properties, required, minProperties, patternProperties } = node;
  const shapes = isProps(properties) ? properties : {};
  const names = isList(required) ? required.filter((name) => typeof name === "string") : [];
  const made: Record<string, Json> = {};
  for (const name of names) {
    const shape = shapes[name];
    const value = isProps(shape) ? propertyFor(name, shape, making) : `v${making.variant}`;
    if (value === undefined) return undefined;
    made[name] = value;
  }
  const least = typeof minProperties === "number" ? minProperties : 0;
  for (const [name, shape] of Object.entries(shapes)) {
    if (Object.keys(made).length >= least) break;
    const value = isProps(shape) && !(name in made) ? valueFor(shape, making) : undefined;
    if (value !== undefined) made[name] = value;
  }
  if (Object.keys(shapes).length === 0) Object.assign(made, keyFor(patternProperties, making));
  return made;
}

function keyFor(patternProperties: Json | undefined, making: Making): Props {
  const [first] = isProps(patternProperties) ? Object.values(patternProperties) : [];
  const value = isProps(first) ? valueFor(first, making) : undefined;
  return value === undefined ? {} : { [`k${making.variant}`]: value };
}
