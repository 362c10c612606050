import { type Json, type Pointer, child, isList, pointerOf, segmentsOf } from "../json.ts";
import type { Facts, Limit, TagFacts } from "../schema/facts.ts";

/** What the facts say of one place in a model. Flags marked "or above" hold for everything below them too. */
export interface Place {
  /** Set by the service, here or above. */
  readonly readOnly: boolean;
  /** Never shown by a read, here or above. */
  readonly writeOnly: boolean;
  /** Fixed at creation, here or above. */
  readonly createOnly: boolean;
  /**
   * Said to be fixed at creation, here or above, if only by documentation, which is no cause to replace anything:
   * what differs here by its spelling alone is the same.
   */
  readonly fixed: boolean;
  /** Holds something, below, that is fixed at creation. */
  readonly holdsFixed: boolean;
  /** Holds something, below, that an update may have to leave out: fixed at creation, if only sometimes, or taken once. */
  readonly holdsBound: boolean;
  /** Sometimes fixed at creation, here or above. */
  readonly conditional: boolean;
  /** Makes something when the resource is created, here or above: another time it would be made anew, or refused. */
  readonly onlyAtCreation: boolean;
  /** AWS itself moves the value. */
  readonly movedByAws: boolean;
  /** Holds something, below, that AWS moves. */
  readonly holdsMoved: boolean;
  /** Part of the identifier, or required: never removed because nobody declares it. */
  readonly needed: boolean;
  readonly unordered: boolean;
  readonly jsonDocument: boolean;
  /** Text that is the same in any case. */
  readonly caseless: boolean;
  /** What the service takes where nothing is given, and reads do not show. */
  readonly default: Json | undefined;
  /** Text that holds JSON, of which only the meaning counts. */
  readonly jsonText: boolean;
  /** By its name an IAM policy or a statement of one, be it as text. */
  readonly policy: boolean;
  /** An empty list or object here is refused by the service. */
  readonly neverEmpty: boolean;
  /** What the schema asks of a value here. */
  readonly limits: readonly Limit[];
  /** The whole model. */
  readonly whole: boolean;
  /** A property of the resource itself, not of an object inside it. */
  readonly top: boolean;
  /** JSON types allowed here, where the facts name them. */
  readonly types: readonly string[];
  readonly transform: string | undefined;
  readonly tags: TagFacts | undefined;
  /** Nothing is said here, above or below: values need no looking through. */
  readonly plain: boolean;
  /** The place of a member of the object here. */
  readonly member: (name: string) => Place;
  /** The place of the items of the list here. */
  readonly item: () => Place;
}

/** What is known of a place by where it is. */
type Structure =
  | "whole"
  | "top"
  | "plain"
  | "holdsFixed"
  | "holdsBound"
  | "holdsMoved"
  | "policy"
  | "member"
  | "item";

/** What a pointer of the facts can say of the place it names. */
type Marks = Partial<
  Omit<Place, Structure | "tags" | "transform" | "default"> & {
    readonly tags: TagFacts;
    readonly transform: string;
    readonly default: Json;
  }
>;

const unmarked: Omit<Place, Structure> = {
  readOnly: false,
  writeOnly: false,
  createOnly: false,
  fixed: false,
  conditional: false,
  onlyAtCreation: false,
  movedByAws: false,
  needed: false,
  unordered: false,
  jsonDocument: false,
  jsonText: false,
  caseless: false,
  default: undefined,
  neverEmpty: false,
  limits: [],
  types: [],
  transform: undefined,
  tags: undefined,
};

interface Branch {
  marks: Marks;
  holdsFixed?: boolean;
  holdsBound?: boolean;
  holdsMoved?: boolean;
  readonly children: Map<string, Branch>;
}

/** What has been read of facts that are still in use: a run asks the same of a type for each of its resources. */
const read = new WeakMap<Facts, Place>();

/** Reads the facts once into a tree of places, and returns the place of the whole model. */
export function placesOf(facts: Facts): Place {
  const known = read.get(facts);
  if (known) return known;
  const place = readPlaces(facts);
  read.set(facts, place);
  return place;
}

const sure = new WeakMap<Facts, Facts>();

/** The facts with what documentation calls fixed taken at its word. */
export function takeAtWord(facts: Facts): Facts {
  if (facts.documented !== true) return facts;
  const known = sure.get(facts) ?? { ...facts, documented: false };
  sure.set(facts, known);
  return known;
}

const readWithin = new WeakMap<Facts, Map<string, Place>>();

/** Lists of items have paths without end. */
const mostKept = 32;

/** The places of facts of which other paths are write-only than they say. */
export function placesWithin(facts: Facts, writeOnly: readonly Pointer[]): Place {
  const kept = readWithin.get(facts) ?? new Map<string, Place>();
  const key = writeOnly.join("\n");
  const place = kept.get(key) ?? placesOf({ ...facts, writeOnly });
  if (kept.size < mostKept) kept.set(key, place);
  readWithin.set(facts, kept);
  return place;
}

function readPlaces(facts: Facts): Place {
  const root: Branch = { marks: {}, children: new Map() };
  for (const [pointer, marks] of marksIn(facts)) {
    const branch = branchAt(root, pointer, marks);
    branch.marks = { ...branch.marks, ...marks };
  }
  return placeOf([root], undefined, "");
}

function marksIn(facts: Facts): [Pointer, Marks][] {
  const flag = (pointers: readonly Pointer[] | undefined, marks: Marks): [Pointer, Marks][] =>
    (pointers ?? []).map((pointer) => [pointer, marks]);
  return [
    ...flag(facts.readOnly, { readOnly: true }),
    ...flag(facts.writeOnly, { writeOnly: true }),
    ...flag(facts.createOnly, { createOnly: true, fixed: true }),
    ...flag(doubtfulIn(facts), { createOnly: false, conditional: true, fixed: true }),
    ...flag(facts.conditionalCreateOnly, { conditional: true }),
    ...flag(facts.onlyAtCreation, { onlyAtCreation: true }),
    ...flag(facts.movedByAws, { movedByAws: true }),
    ...flag(facts.primaryIdentifier, { needed: true }),
    ...flag(facts.required, { needed: true }),
    ...flag(facts.unordered, { unordered: true }),
    ...flag(facts.jsonDocuments, { jsonDocument: true }),
    ...flag(facts.caseless, { caseless: true }),
    ...Object.entries(facts.defaults ?? {}).map(([name, value]): [Pointer, Marks] => [
      pointerOf([name]),
      { default: value },
    ]),
    ...flag(facts.jsonTexts, { jsonText: true }),
    ...flag(facts.invalidWhenEmpty, { neverEmpty: true }),
    ...(facts.tags ? flag([facts.tags.path], { tags: facts.tags }) : []),
    ...Object.entries(facts.types ?? {}).map(([pointer, types]): [Pointer, Marks] => [pointer, { types }]),
    ...Object.entries(facts.limits ?? {}).map(([pointer, limits]): [Pointer, Marks] => [pointer, { limits }]),
    ...Object.entries(facts.propertyTransform ?? {}).map(([pointer, transform]): [Pointer, Marks] => [
      pointer,
      { transform },
    ]),
  ];
}

/**
 * What only documentation calls fixed at creation: it is wrong there for about one type in fourteen (the Description
 * of AWS::Location::Map), so a change is tried in place. What makes up the identifier it is right about.
 */
function doubtfulIn({ documented, createOnly = [], primaryIdentifier = [] }: Facts): readonly Pointer[] {
  return documented === true ? createOnly.filter((pointer) => !primaryIdentifier.includes(pointer)) : [];
}

function branchAt(root: Branch, pointer: Pointer, marks: Marks): Branch {
  const { fixed = false, movedByAws = false, conditional = false, onlyAtCreation = false } = marks;
  let branch = root;
  for (const segment of segmentsOf(pointer)) {
    branch.holdsFixed ||= fixed;
    branch.holdsBound ||= fixed || conditional || onlyAtCreation;
    branch.holdsMoved ||= movedByAws;
    const next: Branch = branch.children.get(segment) ?? { marks: {}, children: new Map() };
    branch.children.set(segment, next);
    branch = next;
  }
  return branch;
}

function placeOf(branches: readonly Branch[], above: Place | undefined, name: string): Place {
  const marks: Marks = Object.assign({}, ...branches.map((branch) => branch.marks));
  const flags = inheritMarks(marks, above ?? unmarked);
  const bare = branches.every((branch) => branch.children.size === 0) && Object.keys(marks).length === 0;
  const members = new Map<string, Place>();
  let items: Place | undefined;
  const memberPlace = (name: string): Place => {
    const place = placeOf(
      branches.flatMap((branch) => memberOf(branch, name)),
      self,
      name,
    );
    members.set(name, place);
    return place;
  };
  const self: Place = {
    ...unmarked,
    ...marks,
    ...flags,
    whole: above === undefined,
    top: above?.whole ?? false,
    holdsFixed: branches.some((branch) => branch.holdsFixed === true),
    holdsBound: branches.some((branch) => branch.holdsBound === true),
    holdsMoved: branches.some((branch) => branch.holdsMoved === true),
    policy: namedPolicy.test(name),
    plain: bare && !Object.values(flags).includes(true),
    // Below a place of which nothing is said all members are alike, but for what their names say.
    member: (given) => {
      const name = bare && above && !namedPolicy.test(given) ? "" : given;
      return members.get(name) ?? memberPlace(name);
    },
    item: () => (items ??= placeOf(branches.map(itemOf), self, "")),
  };
  return self;
}

/** Swept over the registry: no other name ends so that may hold JSON. */
const namedPolicy = /(Polic(y|ies)(Document|Text|Body|Template)?|Statement)$/;

type Flags = Pick<
  Place,
  "readOnly" | "writeOnly" | "createOnly" | "fixed" | "conditional" | "onlyAtCreation"
>;

/** What holds here because it is said here or above; read-only leaves nothing to write or to fix. */
function inheritMarks(marks: Marks, above: Flags): Flags {
  const readOnly = marks.readOnly ?? above.readOnly;
  return {
    readOnly,
    writeOnly: !readOnly && (marks.writeOnly ?? above.writeOnly),
    createOnly: !readOnly && (marks.createOnly ?? above.createOnly),
    fixed: !readOnly && (marks.fixed ?? above.fixed),
    conditional: marks.conditional ?? above.conditional,
    onlyAtCreation: marks.onlyAtCreation ?? above.onlyAtCreation,
  };
}

function memberOf({ children }: Branch, name: string): Branch[] {
  return [children.get(name), name === "*" ? undefined : children.get("*")].filter(
    (branch) => branch !== undefined,
  );
}

// Some registry schemas cross an array without `*` (AWS::AppStream::* `/Tags/TagKey`): what they say of the
// members then stands on the branch of the array itself.
function itemOf(branch: Branch): Branch {
  return branch.children.get("*") ?? { ...branch, marks: {} };
}

/** The place of a concrete pointer, given the model that it points into. */
export function placeAt(root: Place, model: Json, pointer: Pointer): Place {
  let place = root;
  let value: Json | undefined = model;
  for (const segment of segmentsOf(pointer)) {
    place = isList(value) ? place.item() : place.member(segment);
    value = child(value, segment);
  }
  return place;
}
