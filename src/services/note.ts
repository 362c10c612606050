import type { Pointer } from "../json.ts";
import type { Facts, Reference, Shape } from "../schema/facts.ts";

/**
 * What tells a resource apart among its siblings where AWS chose its identifier: whoever has the same values in all of
 * `keys` and `tags` is the one.
 */
export interface NaturalKey {
  /** Property names that ListResources is asked with, all of them stated; empty where the whole account is listed. */
  readonly parents: readonly string[];
  /**
   * What must be equal: property names, or pointers where the value lies deeper, e.g. `/DistributionConfig/Comment`.
   * All of them are inputs that a read shows.
   */
  readonly keys: readonly string[];
  /** Tag keys whose values must be equal too, e.g. `Name` of a VPC. */
  readonly tags?: readonly string[];
}

/** A resource that lives inside another's model, and has no type of its own at Cloud Control. */
export interface Part {
  /** The type in whose model it lives. */
  readonly owner: string;
  /** The properties that name the owner, in the order of its identifier; the part has them too. */
  readonly identity: readonly string[];
  /** The owner's nested definition that says what the part may hold. */
  readonly definition: string;
  /** Where it lives: an object, or with `key` one item of a list. */
  readonly at: Pointer;
  /** The property that tells the items of the list apart. */
  readonly key?: string;
  /** Members of the definition that are parts themselves. */
  readonly without?: readonly string[];
  /** The properties that make up the identifiers of what it stands upon, one list each. */
  readonly uses: readonly (readonly string[])[];
  /** A property that no two items of the list may have the same, with all that counts as its absence. */
  readonly unique?: { readonly by: string; readonly absent: readonly string[] };
  /** Lists that must hold an item with the same key before this one can be. */
  readonly needs?: readonly { readonly at: Pointer; readonly key: string }[];
}

/** A form that a service asks of text, and of which the schema says nothing. */
export interface Check {
  /** Where the text stands; `*` stands for every item and key. */
  readonly at: Pointer;
  /** Whether the last segment itself is meant, the key of a map, rather than the value. */
  readonly isKey?: true;
  /** A regular expression that the whole text has to match. */
  readonly form: string;
  /** What the service takes, in words. */
  readonly takes: string;
  /** A warning where the service might take it all the same. */
  readonly severity: "error" | "warning";
}

/** What a resource that this one names has to be, for this one to be of use. */
export interface Premise {
  /** Its type; this one has all parts of its identifier among its own properties. */
  readonly type: string;
  readonly at: Pointer;
  /** A regular expression that the whole text there has to match. */
  readonly form: string;
  /** What comes of it otherwise, in words. */
  readonly otherwise: string;
}

/** A map whose keys another resource has to declare first. */
export interface Counterpart {
  /** A list of objects that have such a map, each named by this one's properties and its own; absent: this one has it. */
  readonly items?: Pointer;
  readonly at: Pointer;
  /** The other's type; it has all parts of its identifier among the properties that name it. */
  readonly type: string;
  /** The map there that has to have the same keys. */
  readonly there: Pointer;
  /** What is said of a key that it lacks, in words. */
  readonly otherwise: string;
}

/** What serves a resource as it was when that was made: what changes later is in force once another one is made. */
export interface Snapshot {
  readonly type: string;
  /** The property that both have, which names what they stand below. */
  readonly below: string;
  /** Of what changes this resource, what it is about; all of it unless told. */
  readonly only?: readonly Pointer[];
  /** What makes it needless: another resource below the same that has a value there. */
  readonly unless?: readonly { readonly type: string; readonly at: Pointer }[];
}

/** A list of which no two items may have the same value. */
export interface Distinct {
  readonly at: Pointer;
  readonly by: string;
  /** What counts as the absence of the property. */
  readonly absent: readonly string[];
}

/** Properties of which a resource takes one, or `most`. */
export interface Choice {
  readonly of: readonly string[];
  /** How many it takes at least. */
  readonly least: 0 | 1;
  readonly most?: number;
  /** A property that whoever makes the choice has to state too. */
  readonly needs?: string;
}

/** What the schema does not say of a type. Data only: every field is a fact with a source beside it. */
export interface Note {
  /**
   * What makes a resource findable whose identifier AWS chose, the surest first: the first of which desired states
   * every part is the one to look by.
   */
  readonly naturalKeys?: readonly NaturalKey[];
  /**
   * Property names that ListResources needs in ResourceModel. The specification has no handlerSchema, and that of the
   * registry is silent on some.
   */
  readonly listNeeds?: readonly string[];
  /** The identifier may also be written with `/` between its parts, as other tools do for this type. */
  readonly slashIdentifier?: true;
  /** Writes with the same value of this property are refused together ("concurrent modification"). */
  readonly sharedWrites?: string;
  /** Where the resource lives inside another's model. */
  readonly part?: Part;
  /** What the service would refuse only after the request was under way. */
  readonly checks?: readonly Check[];
  readonly distinct?: readonly Distinct[];
  readonly choices?: readonly Choice[];
  readonly premises?: readonly Premise[];
  readonly counterparts?: readonly Counterpart[];
  readonly snapshot?: Snapshot;
  /** True shapes of properties that the specification calls plain JSON, e.g. a map of strings. */
  readonly shapes?: Readonly<Record<Pointer, Shape>>;
  /** Values that a text property is known to take, by name; `${string}` in one stands for any text. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** References that the specification lacks. */
  readonly references?: Readonly<Record<Pointer, readonly Reference[]>>;
  /**
   * Where the type's registry schema itself is wrong or silent. Each field replaces the whole field of the facts, arrays
   * included, of the bundled facts as of those that the registry describes.
   */
  readonly facts?: Facts;
  /**
   * What the type's registry schema says where the specification is silent or differs. Each field replaces the
   * whole field of the bundled facts; where the registry has been asked, its own word stands.
   */
  readonly registry?: Facts;
  /**
   * Whether changing a top-level property replaces the resource, by name, where the registry's schema differs from
   * the specification: `maybe` is conditionalCreateOnly.
   */
  readonly replacement?: Readonly<Record<string, "no" | "maybe">>;
}

/** The notes of one service, by type name. */
export type Notes = Readonly<Record<string, Note>>;
