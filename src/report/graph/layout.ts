import { UsageError } from "../../errors.ts";
import { type Json, type Props, isProps } from "../../json.ts";

/** A point, in points from the upper left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle, in points from the upper left. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything of a drawing stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the name of the node. */
  readonly boxes: ReadonlyMap<string, Rectangle>;
  /** By the number of the frame. */
  readonly frames: ReadonlyMap<number, Rectangle>;
  /** By the names of its ends. */
  readonly arrows: (from: string, to: string) => ArrowPath | undefined;
}

/** The way of an arrow. */
export interface ArrowPath {
  /** Its start, and then of each Bézier curve the two controls and the end. */
  readonly curve: readonly Point[];
}

/** Reads what Graphviz answers in its format `json0`. */
export function layoutIn(answer: Json): Layout {
  if (!isProps(answer)) throw new UsageError("Graphviz answered no layout");
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersIn(answer["bb"]);
  const turn = ({ x, y }: Point): Point => ({ x: x - left, y: top - y });
  const objects = listIn(answer["objects"]);
  return {
    width: right - left,
    height: top - bottom,
    boxes: new Map(objects.flatMap((object) => boxIn(object, turn))),
    frames: new Map(objects.flatMap((object) => frameIn(object, turn))),
    arrows: pathsIn(listIn(answer["edges"]), objects, turn),
  };
}

/** Graphviz names the ends of an arrow by its own numbers for them, and tells the arrows in an order of its own. */
function pathsIn(edges: readonly Props[], objects: readonly Props[], turn: Turn): Layout["arrows"] {
  const names = new Map(objects.map(({ _gvid: number, name }) => [number, name]));
  const ends = (from: unknown, to: unknown): string => `${String(from)} ${String(to)}`;
  const paths = new Map(
    edges.map((edge) => [ends(names.get(edge["tail"]), names.get(edge["head"])), pathIn(edge, turn)]),
  );
  return (from, to) => paths.get(ends(from, to));
}

type Turn = (point: Point) => Point;

function boxIn({ name, pos, width, height }: Props, turn: Turn): readonly (readonly [string, Rectangle])[] {
  if (typeof name !== "string" || typeof pos !== "string") return [];
  const [x = 0, y = 0] = numbersIn(pos);
  const [wide, high] = [72 * Number(width), 72 * Number(height)];
  const middle = turn({ x, y });
  return [[name, { x: middle.x - wide / 2, y: middle.y - high / 2, width: wide, height: high }]];
}

function frameIn({ name, bb }: Props, turn: Turn): readonly (readonly [number, Rectangle])[] {
  const nth = typeof name === "string" ? /^cluster_(\d+)$/.exec(name)?.[1] : undefined;
  if (nth === undefined) return [];
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersIn(bb);
  return [[Number(nth), { ...turn({ x: left, y: top }), width: right - left, height: top - bottom }]];
}

/** In a path `e,x,y` is the tip of its head, which the drawing makes itself; the rest are the points of the curve. */
function pathIn({ pos }: Props, turn: Turn): ArrowPath {
  const words = typeof pos === "string" ? pos.split(/\s+/) : [];
  return {
    curve: words.filter((word) => /^[-\d]/.test(word)).map((word) => turn(pointIn(word))),
  };
}

function pointIn(text: string): Point {
  const [x = 0, y = 0] = numbersIn(text);
  return { x, y };
}

const numbersIn = (text: Json | undefined): readonly number[] =>
  typeof text === "string" ? text.split(",").map(Number) : [];

const listIn = (value: Json | undefined): readonly Props[] =>
  Array.isArray(value) ? value.filter((one) => isProps(one)) : [];
