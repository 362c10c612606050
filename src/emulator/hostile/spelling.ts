import { type Json, type Props, isList, isProps } from "../../json.ts";
import { chance, shuffle } from "./drawing.ts";

/** Text by these names is read by its service, and kept as it likes. */
const jsonText = /(DashboardBody|DefinitionString|SchemaDefinition|TableMappings)$/;
const policyName = /(Policy|PolicyDocument)$/;

/** Writes JSON anew wherever a service reads it: text in other white space and key order, policies in other words. */
export function respell(value: Json, drawn: number, name = ""): Json {
  if (policyName.test(name)) return respellPolicy(value, drawn);
  if (typeof value === "string") return jsonText.test(name) ? respellText(value, drawn) : value;
  if (isList(value)) return value.map((item) => respell(item, drawn));
  if (!isProps(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, item]) => [inner, respell(item, drawn, inner)]),
  );
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function respellText(text: string, drawn: number): string {
  const value = parsed(text);
  return value === undefined ? text : JSON.stringify(withKeysMixed(value, drawn), undefined, 3);
}

/** The keys of every object in another order. */
export function withKeysMixed(value: Json, ...words: readonly (string | number)[]): Json {
  if (isList(value)) return value.map((item) => withKeysMixed(item, ...words));
  if (!isProps(value)) return value;
  const members = shuffle(Object.entries(value), ...words);
  return Object.fromEntries(members.map(([name, item]) => [name, withKeysMixed(item, ...words)]));
}

function respellPolicy(value: Json, drawn: number): Json {
  if (typeof value === "string") {
    const document = parsed(value);
    return document === undefined ? value : JSON.stringify(respellPolicy(document, drawn), undefined, 1);
  }
  if (!isProps(value) || value["Statement"] === undefined) return value;
  const statements = isList(value["Statement"]) ? value["Statement"] : [value["Statement"]];
  const said = shuffle(statements, drawn, "statements").map((one) => respellStatement(one, drawn));
  return { ...value, Statement: said.length === 1 && chance(drawn, "one") < 0.5 ? (said[0] ?? []) : said };
}

function respellStatement(statement: Json, drawn: number): Json {
  if (!isProps(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([name, value]) => {
      if (/^(Not)?(Action|Resource)$/.test(name)) return [name, respellWords(value, drawn, name)];
      return [name, name === "Principal" && isProps(value) ? respellPrincipal(value, drawn) : value];
    }),
  );
}

/** One word alone or in a list, several in another order. */
function respellWords(value: Json, drawn: number, name: string): Json {
  if (isList(value) && value.length > 1) return shuffle(value, drawn, name);
  if (isList(value)) return value[0] ?? value;
  return chance(drawn, "listed", name) < 0.5 ? [value] : value;
}

/** An account is its root: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function respellPrincipal(principal: Props, drawn: number): Props {
  const rooted = (value: Json): Json =>
    typeof value === "string" && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
  return Object.fromEntries(
    Object.entries(principal).map(([kind, value]) => {
      const all = isList(value) ? value.map(rooted) : rooted(value);
      return [kind, respellWords(all, drawn, kind)];
    }),
  );
}
