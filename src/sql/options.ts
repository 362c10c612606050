import type { StateStore } from "../state/store.ts";

/** How and as whom statements are run. */
export interface SqlOptions {
  /** The region to ask where a statement names none; the default is the run's. */
  readonly region?: string | undefined;
  /** Named profile of the AWS configuration files; the default is the run's. */
  readonly profile?: string | undefined;
  /**
   * What `state.entries` and `managed` speak of: a store, or the name of one (`s3://bucket/prefix`, a folder); by default
   * the entries beside the script, or in AWAIT_AWS_STATE.
   */
  readonly store?: StateStore | string | undefined;
  /** The only app whose entries count; every app's do by default. A write heeds them all. */
  readonly app?: string | undefined;
  /** The only stage whose entries count; every stage's do by default. A write heeds them all. */
  readonly stage?: string | undefined;
  /** Writes to what an app manages too. */
  readonly force?: boolean | undefined;
  /** Sends nothing, and resolves with what would be sent. */
  readonly dryRun?: boolean | undefined;
  /** Stops reading, and begins no write any more. */
  readonly signal?: AbortSignal | undefined;
}
