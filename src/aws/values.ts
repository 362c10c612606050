import type { Json, Props } from "../json.ts";

/** Names another resource: by the value of its property `P`, or by the resource itself. */
export type Reference<P extends string> = string | { readonly [K in P]: string };

/** Text beyond the values that were documented when this version was made: AWS may have added some since. */
export type Other = string & Record<never, never>;

/** A JSON document such as a policy: as an object or as the text of one. */
export type Document = Props | readonly Json[] | string;

/** One tag. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What every resource resolves with beside its properties. */
export interface Identified {
  /** AWS's name for it, its parts joined with `|`; not enumerable, so that a spread of the outputs stays valid properties. */
  readonly identifier: string;
}
