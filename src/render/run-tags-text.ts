import type { Change } from "../events.ts";
import { onOneLine } from "./spell-unruly.ts";

/** Which tags of a change are there for its run's sake: nobody finds them where the resource is declared. */
export const runTagsText = ({ runTags = [] }: Pick<Change, "runTags">): readonly string[] =>
  runTags.length > 0 ? [`tags of the run: ${runTags.map(onOneLine).join(", ")}`] : [];
