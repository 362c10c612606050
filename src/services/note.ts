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
  /** References that the specification lacks. */
  readonly references?: Readonly<Record<Pointer, readonly Reference[]>>;
  /** Corrections of the facts, merged over them when they are generated or read. */
  readonly facts?: Facts;
}

/** The notes of one service, by type name. */
export type Notes = Readonly<Record<string, Note>>;
