import type { Pointer, Props } from "./json.ts";

/** Where a resource lives: an entry made elsewhere is never read as "nothing there". */
export interface Home {
  readonly region: string;
  readonly partition: string;
  /** Twelve digits, once known. */
  readonly account?: string;
  /** A custom endpoint, e.g. `http://127.0.0.1:4566`; absent for AWS itself. */
  readonly endpoint?: string;
}

/** Text sealed with the store's key (AES-256-GCM), base64. */
export type Sealed = string;

/** A write that has been decided and may or may not have reached AWS. */
export interface Intent {
  readonly move: "create" | "update" | "delete";
  /** Makes the same request the same operation at AWS for 36 h. */
  readonly clientToken: string;
  /** Names the operation at AWS, as soon as it is known; poll it to learn the outcome. */
  readonly requestToken?: string;
  /** ISO 8601 instant at which the request was first about to be sent. */
  readonly startedAt: string;
  /**
   * The exact request as JSON text, sealed, so that it can be sent again byte for byte. That of a delete holds no
   * secret and lies open, so that nothing but the state is needed to end what is recorded.
   */
  readonly request: Sealed;
  /** The check of the key by which the request is sealed. */
  readonly key?: string;
  /** Of a create: a read right before it was sent showed that nobody had the name which the user chose. */
  readonly isFree?: true;
}

/** The old resource of a create-first replacement, waiting for a finalizing run to delete it. */
export interface Superseded {
  readonly identifier: string;
  readonly type: string;
}

/** One recorded resource, in the shape it has on disk. */
export interface Entry {
  readonly version: 1;
  readonly id: string;
  readonly type: string;
  readonly home: Home;
  /** AWS's name for it; absent while only an intent exists. */
  readonly identifier?: string;
  /** `settled`: as desired when recorded. `incomplete`: exists, but its last write did not end well. `pending`: only an intent so far. */
  readonly status: "settled" | "incomplete" | "pending";
  /** What the script asked, less the paths in `digests`. */
  readonly desired: Props;
  /**
   * Of each desired value that must not stand in state, by its pointer: HMAC-SHA256 (base64) after the check of its
   * key and a dot; after a `~` that of what the value means, where this has a text of its own. Empty for a value that
   * nobody knows to be there, `?` for one that was never compared.
   */
  readonly digests: Readonly<Record<Pointer, string>>;
  /** What GetResource said right after the last write. */
  readonly live: Props;
  /** The ids whose outputs this one used: deleted after this one. */
  readonly dependencies: readonly string[];
  /** The profile of the AWS configuration files that its call asked for: it is deleted as whom it was made. */
  readonly profile?: string;
  /** The role that its call had Cloud Control assume. */
  readonly roleArn?: string;
  readonly retain?: boolean;
  readonly protect?: boolean;
  readonly intent?: Intent;
  readonly superseded?: readonly Superseded[];
  /** ISO 8601 instant at which we made this very resource; absent where it was found, or that is not known. */
  readonly madeAt?: string;
  /** An operation that succeeded has named it, and no read has shown it since. */
  readonly isUnseen?: true;
  /** How the write failed that has left it incomplete, or perhaps left it: code and message. */
  readonly failure?: string;
  /** Where the service has taken what was asked and not heeded it: live shows otherwise, and is not as desired. */
  readonly unapplied?: readonly Pointer[];
  /** The tags in `desired` that its run has given it, rather than its script. */
  readonly runTags?: Readonly<Record<string, string>>;
  /** Its tags were given when it was made, and it gets no others. */
  readonly areTagsFixed?: true;
  /** The name of the run that has last written it, as the history has it; see await-aws history. */
  readonly run?: string;
  /** ISO 8601 instant of the last write of this entry. */
  readonly updatedAt: string;
}
