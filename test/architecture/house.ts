import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../../src");

/** One import of one file; paths are relative to src. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Every hand-written or generated TypeScript file under src, relative to it. */
export const filesOfTheHouse = (): string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replaceAll("\\", "/"));

/** How many lines a file has. */
export const linesOf = (file: string): number =>
  readFileSync(join(root, file), "utf8").split("\n").length - 1;

/** The room a file stands in: its top folder, or its own name for the words and the door. */
export const roomOf = (file: string): string =>
  file.includes("/") ? file.slice(0, file.indexOf("/")) : file.replace(/\.ts$/, "");

/** Every relative import of a file, static, dynamic or in a type. */
export function arrowsOf(file: string): Arrow[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.ES2023,
    false,
  );
  const arrows: Arrow[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return;
    const to = relative(root, resolve(root, dirname(file), specifier.text)).replaceAll("\\", "/");
    arrows.push({ from: file, to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return arrows;
}

/** Finds one circle in a graph, as the names along it, or undefined. */
export function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (name: string, trail: string[]): string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const circle = walk(next, [...trail, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const circle = walk(name, []);
    if (circle) return circle;
  }
  return undefined;
}

/** Groups arrows into a graph, by whatever `name` calls their ends. */
export function graphOf(arrows: readonly Arrow[], name: (file: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    if (name(from) === name(to)) continue;
    graph.set(name(from), (graph.get(name(from)) ?? new Set()).add(name(to)));
  }
  return graph;
}

/** What stands at the top of a room: its files, and its own rooms, which end in a slash. */
export const entryOf = (room: string, file: string): string => {
  const [first = "", ...rest] = file.slice(room.length + 1).split("/");
  return rest.length === 0 ? first : `${first}/`;
};

/** How a room looks from its door: what stands at its top, and the longest way and all ways between that. */
export interface Figures {
  readonly entries: number;
  readonly levels: number;
  readonly arrows: number;
}

/** The ways between what stands at the top of a room. */
export function arrowsWithin(room: string, arrows: readonly Arrow[]): Map<string, Set<string>> {
  const inside = arrows.filter(({ from, to }) => [from, to].every((file) => file.startsWith(`${room}/`)));
  return graphOf(inside, (file) => entryOf(room, file));
}

/** Measures a room; there must be no circle in it. */
export function figuresOf(room: string, files: readonly string[], arrows: readonly Arrow[]): Figures {
  const graph = arrowsWithin(room, arrows);
  const levelOf = (entry: string): number =>
    1 + Math.max(0, ...[...(graph.get(entry) ?? [])].map((next) => levelOf(next)));
  const entries = new Set(
    files.filter((file) => file.startsWith(`${room}/`)).map((file) => entryOf(room, file)),
  );
  return {
    entries: entries.size,
    levels: Math.max(...[...entries].map(levelOf)),
    arrows: [...graph.values()].reduce((sum, targets) => sum + targets.size, 0),
  };
}

/** A function by its name. */
export interface Named {
  readonly file: string;
  readonly name: string;
  readonly isExported: boolean;
}

/** Every function of a file that has a name: declared, or kept in a constant or a member. */
export function functionsOf(file: string): Named[] {
  const text = readFileSync(join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: Named[] = [];
  const isExported = (node: ts.Node): boolean =>
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name) {
      found.push({ file, name: node.name.text, isExported: isExported(node) });
    } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isFunction(node.initializer)) {
      found.push({ file, name: node.name.text, isExported: isExported(node.parent.parent) });
    } else if (ts.isMethodDeclaration(node) && ts.isIdentifier(node.name)) {
      found.push({ file, name: node.name.text, isExported: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isFunction = (node: ts.Expression | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
