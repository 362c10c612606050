import { planChange } from "../../diff/plan.ts";
import { ResourceError } from "../../errors.ts";
import {
  type Pointer,
  type Props,
  equal,
  isList,
  isProps,
  leavesOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import { indexOfWhole, shortestName } from "../../resource/outputs/uses.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { runIn } from "../../scope/ambient.ts";
import { type ImportRequest, type ReadResource, readAll } from "./read.ts";
import { recordAll } from "./record.ts";
import type { RunOptions } from "../options/run-options.ts";
import { type Declaration, type Piece, scriptText, usesOf } from "./script-text.ts";
import { scopeOf } from "../session/scope.ts";
import { settingsOf } from "../options/settings.ts";

/**
 * Writes the script that declares what exists: a plan of it changes nothing, which is checked before it is handed
 * out. Identifiers of one imported resource in another become references.
 */
export async function importScript(request: ImportRequest, options: RunOptions = {}): Promise<string> {
  const settings = settingsOf(request.app, options, process.env, process.argv[1]);
  const isKeyless = request.write !== true;
  const manner = { finalizes: false, reports: true, isKept: true, isKeyless };
  const scope = scopeOf({ ...settings, withholds: request.write !== true }, manner);
  try {
    return await runIn(scope, async () => {
      const { found, unlisted } = await readAll(scope, request);
      const circular = found.map((read) => declarationOf(read, found, request.write !== true));
      const declarations = withoutCircles(inOrder(circular), found);
      for (const declaration of declarations) requireQuiet(declaration, found);
      if (request.write === true) await recordAll(scope, declarations, found);
      return scriptText(declarations, unlisted);
    });
  } finally {
    await scope.release();
  }
}

function declarationOf(read: ReadResource, all: readonly ReadResource[], adopts: boolean): Declaration {
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
  const isBundled = bundledFacts(type) !== undefined;
  const hidden = (facts.required ?? []).filter(
    (pointer) => valueAt(desired, pointer) === undefined && facts.readOnly?.includes(pointer) !== true,
  );
  const remarks = hidden.map((pointer) => `${pointer.slice(1)} cannot be read back: fill it in.`);
  return { id, type, isBundled, identifier, desired, references, remarks, adopts };
}

/** What a script would have to say: not what AWS sets, not what it takes anyway, nothing empty. */
function desiredOf({ live, facts }: ReadResource): Props {
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

/** The text with what names other imported resources taken out of it; undefined where it names none. */
function piecesOf(text: string, others: readonly ReadResource[]): readonly Piece[] | undefined {
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
    .find(({ value }) => indexOfWhole(text, value) !== -1);
  if (!found) return undefined;
  const at = indexOfWhole(text, found.value);
  const [before, after] = [text.slice(0, at), text.slice(at + found.value.length)];
  const piece: Piece = { id: found.id, property: found.property };
  const around = (rest: string): readonly Piece[] => piecesOf(rest, others) ?? [rest];
  return [...around(before), piece, ...around(after)].filter((one) => one !== "");
}

/** What is used comes before what uses it. */
function inOrder(declarations: readonly Declaration[]): Declaration[] {
  const ordered: Declaration[] = [];
  const visit = (declaration: Declaration, open: readonly string[]): void => {
    if (ordered.includes(declaration) || open.includes(declaration.id)) return;
    for (const id of usesOf(declaration)) {
      const used = declarations.find((other) => other.id === id);
      if (used) visit(used, [...open, declaration.id]);
    }
    ordered.push(declaration);
  };
  for (const declaration of declarations) visit(declaration, []);
  return ordered;
}

/** Of resources that name each other, what is declared later stands in the earlier one as it is. */
function withoutCircles(ordered: readonly Declaration[], found: readonly ReadResource[]): Declaration[] {
  return ordered.map((declaration, i) => {
    const later = new Set(ordered.slice(i).map(({ id }) => id));
    const spellPiece = (piece: Piece): Piece => {
      if (typeof piece === "string" || !later.has(piece.id)) return piece;
      const value = found.find(({ id }) => id === piece.id)?.live[piece.property];
      return typeof value === "string" ? value : piece;
    };
    const references = [...declaration.references]
      .map(([pointer, pieces]) => [pointer, pieces.map(spellPiece)] as const)
      .filter(([, pieces]) => pieces.some((piece) => typeof piece !== "string"));
    return { ...declaration, references: new Map(references) };
  });
}

/** A script that would change something is not handed out. */
function requireQuiet({ id, type, identifier, desired }: Declaration, all: readonly ReadResource[]): void {
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
