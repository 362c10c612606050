/** Where and as whom one call is made. */
export interface CallOptions {
  /** AWS region, e.g. `eu-central-1`; the default is the run's. */
  readonly region?: string | undefined;
  /** Named profile of the AWS configuration files; the default is the run's. */
  readonly profile?: string | undefined;
  /** ARN of a role that Cloud Control assumes for the operation. */
  readonly roleArn?: string | undefined;
  /** Stops waiting; a write under way is settled and recorded first. */
  readonly signal?: AbortSignal | undefined;
}

/** How an existing resource is found and taken over. */
export interface AdoptOptions {
  /** AWS's own name for it, as text or by parts. */
  readonly identifier?: string | Readonly<Record<string, string>> | undefined;
  /** Property names whose values tell the resource apart among those listed. */
  readonly by?: readonly string[] | undefined;
  /** Also removes what exists but is not declared. Default false: adoption removes nothing. */
  readonly exact?: boolean | undefined;
  /** Takes over even what another owner has recorded. */
  readonly force?: boolean | undefined;
}

/** What may stand beside the properties of a resource; lower case, so never mistaken for one. */
export interface ResourceOptions extends CallOptions {
  /** Takes over an existing resource instead of failing with ALREADY_EXISTS. */
  readonly adopt?: boolean | AdoptOptions | undefined;
  /** Version of a third-party type in the account's registry. */
  readonly typeVersionId?: string | undefined;
  /** Forgets the resource instead of deleting it. */
  readonly retain?: boolean | undefined;
  /** Refuses every deletion and replacement. */
  readonly protect?: boolean | undefined;
  /** The id under which this resource was recorded before. */
  readonly renamedFrom?: string | undefined;
  /** Permits a replacement that would lose the old resource. */
  readonly allowReplace?: boolean | undefined;
  /** Replaces the resource now, whatever the difference. */
  readonly replace?: boolean | undefined;
  /** Pointers of properties that are set at creation and then left alone, e.g. `["/Tags"]`. */
  readonly ignoreChanges?: readonly string[] | undefined;
  /** Resources or ids that must exist first and be deleted later. */
  readonly dependsOn?: readonly (string | object)[] | undefined;
  /** Whether the tags of the run go onto this resource. Default true. */
  readonly tags?: boolean | undefined;
  /** How long one operation may take, in ms. */
  readonly timeout?: number | undefined;
  /** After how long, in ms, an operation that is still under way is told of as a warning; the default is the run's. */
  readonly warnAfter?: number | undefined;
  /** Asks AWS to cancel the operation under way when the run or this call is stopped. Default: the run's, else false. */
  readonly cancelOnAbort?: boolean | undefined;
}
