import type { Entry } from "../entry.ts";
import type { Props } from "../json.ts";
import { shownOutputs } from "../resource/direct/recorded-outputs.ts";
import { mask } from "../resource/secrets/secret.ts";

/** The outputs that an entry tells, with a mask wherever something secret is. */
export const shownOutputsOf = (entry: Entry): Props => {
  const { identifier = "" } = entry;
  return { identifier, ...shownOutputs(entry) };
};

/** What stands for a secret. */
export const shownMask: string = mask;
