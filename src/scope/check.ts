import type { Change } from "../events.ts";
import type { Props } from "../json.ts";

/** A change as a check sees it, before anything of it is sent. */
export interface CheckedChange extends Pick<
  Change,
  "id" | "type" | "move" | "identifier" | "patch" | "because" | "order" | "holdsData" | "unknown" | "runTags"
> {
  readonly app: string;
  readonly stage: string;
  /** What is asked, tags of the run included; of a deletion what was. Secrets and write-only values are masked. */
  readonly desired: Props;
}

/** Returns why a change must not be made, in one text or several; nothing lets it pass. */
export type Check = (change: CheckedChange) => Refusals | Promise<Refusals>;

type Refusals = string | readonly string[] | false | null | undefined | void;
