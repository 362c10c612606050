import { readFile } from "node:fs/promises";

/** What AWS says of the properties of a type, by name. */
export type Documentation = Readonly<Record<string, string>>;

// The types of a service's door carry it, so that an editor shows it. They lie beside the compiled code as beside the
// source, and are read only where somebody asks.
const doors = new URL("../generated/services/", import.meta.url);

/** Reads the documentation of a type's properties; empty where this version carries none. */
export async function documentationOf(type: string): Promise<Documentation> {
  const [, service = "", name = ""] = type.split("::");
  if (!/^\w+$/.test(service) || !/^\w+$/.test(name)) return {};
  const text = (await textOf(`${service}.d.ts`)) ?? (await textOf(`${service}.ts`)) ?? "";
  const told = ["Outputs", "Props"].flatMap((kind) => membersIn(text, `${name}${kind}`));
  return Object.fromEntries(told);
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(new URL(file, doors), "utf8").catch(() => undefined);
}

function membersIn(text: string, name: string): (readonly [string, string])[] {
  const start = text.search(new RegExp(`^export (?:declare )?interface ${name}\\b`, "m"));
  if (start < 0) return [];
  const body = text.slice(start, text.indexOf("\n}", start));
  return [...body.matchAll(/\/\*\*([^]*?)\*\/\s*readonly (\w+)\??:/g)].map(
    ([, comment = "", property = ""]) => [
      property,
      comment
        .replaceAll(/^ *\*? ?/gm, "")
        .replace(/\n*Changing it replaces the resource\.\s*$/, "")
        .trim(),
    ],
  );
}
