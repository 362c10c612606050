import { type OptionNames, requireKnownOptions } from "../known-options.ts";
import { currentScope } from "../scope/ambient.ts";
import { installDefaultApp } from "./app.ts";

/** As whom and where a script works. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** e.g. `aws`, `aws-cn`. */
  readonly partition: string;
}

/** Where and as whom to ask, where that differs from the run. Spelt out here: users compile this file. */
export interface CallerOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

const optionNames: OptionNames<CallerOptions> = { region: true, profile: true };

/**
 * Tells as whom and where the calls here are made, as STS and the SDK's own chain say; it is real in a plan too.
 * @example
 * const { account, region } = await caller();
 * await AWS.S3.Bucket("logs", { BucketName: `logs-${account}-${region}` });
 */
export async function caller(place: CallerOptions = {}): Promise<Caller> {
  requireKnownOptions("caller()", place, optionNames);
  installDefaultApp();
  const cloud = await currentScope().cloud(place);
  const { region, partition } = cloud.home;
  return { account: await cloud.account(), region, partition };
}
