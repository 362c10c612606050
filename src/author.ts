/** A job of a CI service. */
export interface CiJob {
  /** The service, e.g. `GitHub Actions`; `CI` where it does not say which. */
  readonly system: string;
  readonly id?: string;
  readonly url?: string;
}

/** Who makes a run, as far as the system and the environment tell. */
export interface Author {
  readonly host: string;
  /** As the CI service knows them, else the system's own name. */
  readonly user?: string | undefined;
  readonly job?: CiJob | undefined;
  /** The commit that is checked out where it runs. */
  readonly commit?: string | undefined;
}

/** A run that holds, or held, a stage. */
export interface Holder extends Author {
  readonly pid: number;
  /** ISO 8601 instant at which it took the lock, by its own time of day. */
  readonly since: string;
}
