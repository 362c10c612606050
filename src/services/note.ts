import type { Pointer } from "../json.ts";
import type { Facts, Reference, Shape } from "../schema/facts.ts";

/** What the schema does not say of a type. Data only: every field is a fact with a source beside it. */
export interface Note {
  /**
   * What makes a resource findable whose identifier AWS chose: list it with `parents` as ResourceModel, then
   * match `keys`. Property names, all of them inputs.
   */
  readonly naturalKey?: { readonly parents: readonly string[]; readonly keys: readonly string[] };
  /** Property names that ListResources needs in ResourceModel, where the registry's handlerSchema is silent. */
  readonly listNeeds?: readonly string[];
  /** The identifier may also be written with `/` between its parts, as other tools do for this type. */
  readonly slashIdentifier?: true;
  /** Writes with the same value of this property are refused together ("concurrent modification"). */
  readonly sharedWrites?: string;
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
