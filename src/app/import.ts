import { planChange } from "../diff/plan.ts";
import { ResourceError } from "../errors.ts";
import { type Pointer, type Props, equal, isList, isProps, leavesOf, valueAt, withValueAt } from "../json.ts";
import { readCall } from "../resource/call.ts";
import { recordAsIs } from "../resource/keep.ts";
import { childrenOf } from "../resource/children.ts";
import { get, list } from "../resource/read.ts";
import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { identifierOf } from "../schema/identifier.ts";
import { runIn } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import type { RunOptions } from "./run-options.ts";
import { type Declaration, type Piece, scriptText } from "./script-text.ts";
import { scopeOf } from "./session.ts";
import { settingsOf } from "./settings.ts";

/** What to import: resources by type and identifier, and whether all that lives below them comes along. */
export interface ImportRequest {
  readonly app: string;
  readonly resources: readonly { readonly type: string; readonly identifier: string }[];
  readonly tree?: boolean;
  /** Records the entries too, so that the script need not adopt. */
  readonly write?: boolean;
}

/** What was read of one resource. */
interface Read {
  readonly type: string;
  readonly identifier: string;
  readonly live: Props;
  readonly facts: Facts;
  readonly id: string;
}

/**
 * Writes the script that declares what exists: a plan of it changes nothing, which is checked before it is handed
 * out. Identifiers of one imported resource in another become references.
 */
export async function importScript(request: ImportRequest, options: RunOptions = {}): Promise<string> {
  const settings = settingsOf(request.app, options, process.env, process.argv[1]);
  const manner = { finalizes: false, reports: true, isKept: true };
  const scope = scopeOf({ ...settings, withholds: request.write !== true }, manner);
  try {
    return await runIn(scope, async () => {
      const found = named(await everything(request));
      const declarations = inOrder(found.map((read) => declarationOf(read, found, request.write !== true)));
      for (const declaration of declarations) requireQuiet(declaration, found);
      if (request.write === true) await recordAll(scope, declarations, found);
      return scriptText(declarations);
    });
  } finally {
    await scope.release();
  }
}

async function everything({ resources, tree = false }: ImportRequest): Promise<Omit<Read, "id">[]> {
  const found: Omit<Read, "id">[] = [];
  for (const { type, identifier } of resources) {
    const live = await get(type, identifier);
    found.push(readOf(type, live));
    if (tree) found.push(...(await below(type, live)));
  }
  return found;
}

const readOf = (type: string, outputs: Props): Omit<Read, "id"> => {
  const facts = bundledFacts(type) ?? { type };
  return { type, live: { ...outputs }, facts, identifier: textIn(outputs["identifier"]) };
};

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** All that is listed below a resource, and below that in turn: the types that name it among their parents. */
async function below(type: string, owner: Props): Promise<Omit<Read, "id">[]> {
  const identity = (bundledFacts(type)?.primaryIdentifier ?? []).map((pointer) => pointer.slice(1));
  const found: Omit<Read, "id">[] = [];
  for (const child of childrenOf(type, identity)) {
    const parents = Object.fromEntries(identity.map((name) => [name, owner[name] ?? ""]));
    for await (const live of list(child, parents)) {
      found.push(readOf(child, live), ...(await below(child, live)));
    }
  }
  return found;
}

/** Gives each an id: its name where it has one, else its type; a number tells apart what is left the same. */
function named(found: readonly Omit<Read, "id">[]): Read[] {
  const taken = new Set<string>();
  return found.map((read) => {
    const plain = nameOf(read);
    let id = plain;
    for (let n = 2; taken.has(id.toLowerCase()); n += 1) id = `${plain}-${n}`;
    taken.add(id.toLowerCase());
    return { ...read, id };
  });
}

function nameOf({ type, live, facts }: Omit<Read, "id">): string {
  const kind = (type.split("::")[2] ?? type).replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
  const readOnly = new Set(facts.readOnly);
  const telling = Object.keys(live).find(
    (name) => /(?:Name|Key)$/.test(name) && !readOnly.has(`/${name}`) && typeof live[name] === "string",
  );
  const words = textIn(telling === undefined ? undefined : live[telling])
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return words === "" ? kind : `${kind}-${words.toLowerCase().slice(0, 40)}`;
}

function declarationOf(read: Read, all: readonly Read[], adopts: boolean): Declaration {
  const desired = desiredOf(read);
  const references = new Map<Pointer, readonly Piece[]>();
  for (const { pointer, value } of leavesOf(desired)) {
    const pieces =
      typeof value === "string"
        ? piecesOf(
            value,
            all.filter((other) => other !== read),
          )
        : undefined;
    if (pieces) references.set(pointer, pieces);
  }
  const { id, type, identifier, facts } = read;
  const hidden = (facts.required ?? []).filter(
    (pointer) => valueAt(desired, pointer) === undefined && facts.readOnly?.includes(pointer) !== true,
  );
  const remarks = hidden.map((pointer) => `${pointer.slice(1)} cannot be read back: fill it in.`);
  return { id, type, identifier, desired, references, remarks, adopts };
}

/** What a script would have to say: not what AWS sets, not what it takes anyway, nothing empty. */
function desiredOf({ live, facts }: Read): Props {
  const settable = (facts.readOnly ?? []).reduce<Props>((left, pointer) => {
    const less = pointer.includes("*") ? left : withValueAt(left, pointer, undefined);
    return isProps(less) ? less : left;
  }, live);
  const required = new Set(facts.required);
  return Object.fromEntries(
    Object.entries(settable).filter(([name, value]) => {
      if (required.has(`/${name}`)) return true;
      const isEmpty =
        value === null ||
        (isList(value) ? value.length === 0 : isProps(value) && Object.keys(value).length === 0);
      const known = facts.defaults?.[name];
      return !isEmpty && !(known !== undefined && equal(value, known));
    }),
  );
}

const shortestName = 6;

/** The text with what names other imported resources taken out of it; undefined where it names none. */
function piecesOf(text: string, others: readonly Read[]): readonly Piece[] | undefined {
  const names = others.flatMap(({ id, live, facts }) =>
    (facts.readOnly ?? []).flatMap((pointer) => {
      const value = live[pointer.slice(1)];
      return typeof value === "string" && value.length >= shortestName
        ? [{ id, property: pointer.slice(1), value }]
        : [];
    }),
  );
  // The longest first: an ARN holds the name in it.
  const found = names
    .toSorted((a, b) => b.value.length - a.value.length)
    .find(({ value }) => holdsWhole(text, value));
  if (!found) return undefined;
  const [before = "", ...after] = text.split(found.value);
  const rest = after.join(found.value);
  const pieces: Piece[] = [before, { id: found.id, property: found.property }];
  pieces.push(...(piecesOf(rest, others) ?? [rest]));
  return pieces.filter((piece) => piece !== "");
}

function holdsWhole(text: string, name: string): boolean {
  const at = text.indexOf(name);
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[A-Za-z0-9]/.test(character);
  return at !== -1 && !isLetter(text[at - 1]) && !isLetter(text[at + name.length]);
}

/** What is used comes before what uses it. */
function inOrder(declarations: readonly Declaration[]): Declaration[] {
  const ordered: Declaration[] = [];
  const visit = (declaration: Declaration, open: readonly string[]): void => {
    if (ordered.includes(declaration) || open.includes(declaration.id)) return;
    const uses = [...declaration.references.values()].flat().filter((piece) => typeof piece !== "string");
    for (const { id } of uses) {
      const used = declarations.find((other) => other.id === id);
      if (used) visit(used, [...open, declaration.id]);
    }
    ordered.push(declaration);
  };
  for (const declaration of declarations) visit(declaration, []);
  return ordered;
}

/** A script that would change something is not handed out. */
function requireQuiet({ id, type, identifier, desired }: Declaration, all: readonly Read[]): void {
  const read = all.find((one) => one.id === id);
  if (!read) return;
  const plan = planChange({ facts: read.facts, prior: undefined, live: read.live, desired, adopt: true });
  if (plan.move === "nothing") return;
  throw new ResourceError("ADOPT_MISMATCH", "cannot be declared so that nothing would change", {
    type,
    id,
    identifier,
  });
}

async function recordAll(
  scope: Scope,
  declarations: readonly Declaration[],
  all: readonly Read[],
): Promise<void> {
  await scope.hold(async (records) => {
    for (const { id, type, desired, references } of declarations) {
      const live = all.find((one) => one.id === id)?.live ?? {};
      const call = readCall(type, id, { input: {}, apart: [desired] });
      const uses = [...references.values()].flat().filter((piece) => typeof piece !== "string");
      const dependencies = [...new Set(uses.map((piece) => piece.id))];
      const identifier = identifierOf(call.facts, live) ?? "";
      await recordAsIs(
        { scope, records, cloud: await scope.cloud({}), call, dependencies },
        { identifier, live },
      );
    }
  });
}
