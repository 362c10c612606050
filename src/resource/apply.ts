import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { isUnchanged, recall } from "./recall.ts";
import { resume } from "./resume.ts";
import type { Acted, Context } from "./write.ts";

/** Brings one resource to its desired state: recall, settle what was cut off, decide, act. */
export async function apply(context: Context): Promise<Acted> {
  const recalled = await recall(context);
  const prior = recalled && (await resume(context, recalled));
  if (prior && isUnchanged(context, prior)) {
    const entry = await withToday(context, prior);
    const identifier = prior.identifier === undefined ? {} : { identifier: prior.identifier };
    return { entry, change: { id: context.call.id, type: context.call.type, move: "nothing", ...identifier } };
  }
  return act(context, await decide(context, prior));
}

/** Edges and guards are today's, even when nothing else has changed. */
async function withToday({ call, dependencies, records }: Context, prior: Prior): Promise<Prior> {
  const { retain: _, protect: __, ...rest } = prior;
  const entry: Prior = {
    ...rest,
    dependencies,
    ...(call.options.retain === true && { retain: true }),
    ...(call.options.protect === true && { protect: true }),
  };
  if (JSON.stringify(sorted(entry)) !== JSON.stringify(sorted(prior))) await records.put(entry);
  return entry;
}

type Prior = Acted["entry"];

const sorted = ({ dependencies, retain, protect }: Prior): unknown => [[...dependencies].toSorted(), retain, protect];
