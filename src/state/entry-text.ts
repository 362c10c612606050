import type { Entry } from "../entry.ts";
import { jsonText } from "../unruly.ts";

/** An entry as it stands in its file. */
export const entryText = (entry: Entry): string => `${jsonText(entry, 2)}\n`;
