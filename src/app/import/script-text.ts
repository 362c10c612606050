import { jsonText } from "../../unruly.ts";
import { type Json, type Pointer, type Props, isList, isProps, pointerOf } from "../../json.ts";

/** A resource as a script would declare it. */
export interface Declaration {
  readonly id: string;
  readonly type: string;
  /** Whether the type has a function of its own. */
  readonly isBundled: boolean;
  /** AWS's name for it; stands in the script where the call is to adopt it. */
  readonly identifier: string;
  readonly desired: Props;
  /** What stands in place of whole values: another resource's output, or a template that holds some. */
  readonly references: ReadonlyMap<Pointer, readonly Piece[]>;
  /** What could not be read, and is for the user to fill in. */
  readonly remarks: readonly string[];
  readonly adopts: boolean;
}

/** Text, or an output of another declaration. */
export type Piece = string | { readonly id: string; readonly property: string };

/** The ids of the declarations that this one refers to. */
export function usesOf({ references }: Declaration): readonly string[] {
  const pieces = [...references.values()].flat();
  return [...new Set(pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.id])))];
}

/**
 * Writes a script that declares these resources, each after those that it uses; says which types were not looked for
 * because nothing lists them.
 */
export function scriptText(declarations: readonly Declaration[], unlisted: readonly string[] = []): string {
  const variables = variablesFor(declarations);
  const blocks = declarations.map((declaration) => blockText(declaration, variables));
  const missing = `// What there is of these cannot be listed, and is imported by its identifier: ${unlisted.join(", ")}`;
  return [importText(declarations), ...(unlisted.length > 0 ? [missing] : []), ...blocks].join("\n\n") + "\n";
}

function importText(declarations: readonly Declaration[]): string {
  const other = declarations.some(({ isBundled }) => !isBundled) ? ["{ CloudControlResource }"] : [];
  const bundled = other.length === 0 || declarations.some(({ isBundled }) => isBundled) ? ["AWS"] : [];
  return `import ${[...bundled, ...other].join(", ")} from "await-aws";`;
}

function blockText(declaration: Declaration, variables: ReadonlyMap<string, string>): string {
  const { id, type, isBundled, identifier, desired, remarks, adopts } = declaration;
  const properties = isBundled ? desired : { TypeName: type, DesiredState: desired };
  const writeValue = (value: Json, path: readonly string[]): string => {
    const pieces = declaration.references.get(pointerOf(isBundled ? path : path.slice(1)));
    if (pieces) return piecesText(pieces, variables);
    return literal(value, path, writeValue);
  };
  const members = Object.entries(properties).map(
    ([property, value]) => `  ${keyText(property)}: ${writeValue(value, [property])},`,
  );
  const adoption = adopts ? [`  adopt: { identifier: ${jsonText(identifier)} },`] : [];
  return [
    ...remarks.map((remark) => `// ${remark}`),
    `export const ${variables.get(id) ?? "resource"} = await ${functionOf(declaration)}(${jsonText(id)}, {`,
    ...members,
    ...adoption,
    "});",
  ].join("\n");
}

const functionOf = ({ type, isBundled }: Declaration): string =>
  isBundled ? type.replaceAll("::", ".") : "CloudControlResource";

type Written = (value: Json, path: readonly string[]) => string;

/** A JSON value as TypeScript, indented as deep as its path. */
function literal(value: Json, path: readonly string[], written: Written): string {
  const indent = "  ".repeat(path.length);
  if (isList(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((item, i) => `${indent}  ${written(item, [...path, String(i)])},`);
    return ["[", ...items, `${indent}]`].join("\n");
  }
  if (!isProps(value)) return jsonText(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${indent}  ${keyText(name)}: ${written(member, [...path, name])},`,
  );
  return members.length === 0 ? "{}" : ["{", ...members, `${indent}}`].join("\n");
}

const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : jsonText(name));

function piecesText(pieces: readonly Piece[], variables: ReadonlyMap<string, string>): string {
  const [only, ...more] = pieces;
  const output = ({ id, property }: Exclude<Piece, string>): string =>
    `${variables.get(id) ?? id}.${property}`;
  if (only !== undefined && more.length === 0 && typeof only !== "string") return output(only);
  const text = pieces.map((piece) =>
    typeof piece === "string" ? templateText(piece) : `\${${output(piece)}}`,
  );
  return `\`${text.join("")}\``;
}

/** A template takes a carriage return for part of a line's end, and drops it. */
const templateText = (text: string): string => text.replace(/[`\\]|\$\{/g, "\\$&").replaceAll("\r", "\\r");

/** A variable for each declaration, named as its id, and no two the same. */
function variablesFor(declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  const taken = new Set(["AWS", "CloudControlResource"]);
  const names = new Map<string, string>();
  for (const { id } of declarations) {
    const plain = variableFor(id);
    let name = plain;
    for (let n = 2; taken.has(name); n += 1) name = `${plain}${n}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function variableFor(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const [first = "resource", ...rest] = words;
  const joined = [lowerFirst(first), ...rest.map((word) => word[0]?.toUpperCase() + word.slice(1))].join("");
  return /^[a-z]/i.test(joined) && !reserved.has(joined)
    ? joined
    : `a${joined[0]?.toUpperCase()}${joined.slice(1)}`;
}

const lowerFirst = (word: string): string => (word[0]?.toLowerCase() ?? "") + word.slice(1);

const reserved = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static " +
    "super switch this throw true try typeof var void while with yield"
  ).split(" "),
);
