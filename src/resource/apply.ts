import type { Entry } from "../entry.ts";
import { act } from "./act.ts";
import { decide, isAdopting } from "./decide.ts";
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
    return {
      entry,
      change: { id: context.call.id, type: context.call.type, move: "nothing", ...identifier },
    };
  }
  const informed = await withFacts(context, prior);
  return act(informed, await decide(informed, prior));
}

/**
 * What exists is compared and patched by the account's own schema. A plain create needs none, except of a type that
 * this version does not know.
 */
async function withFacts(context: Context, prior: Entry | undefined): Promise<Context> {
  const { call, cloud } = context;
  if (!prior && !isAdopting(context) && call.facts.primaryIdentifier) return context;
  return { ...context, call: { ...call, facts: await cloud.facts(call.type, call.options.typeVersionId) } };
}

/** Edges and guards are today's, even when nothing else has changed. */
async function withToday({ call, dependencies, records }: Context, prior: Entry): Promise<Entry> {
  const { retain: _, protect: __, ...rest } = prior;
  const entry: Entry = {
    ...rest,
    dependencies,
    ...(call.options.retain === true && { retain: true }),
    ...(call.options.protect === true && { protect: true }),
  };
  if (JSON.stringify(sorted(entry)) !== JSON.stringify(sorted(prior))) await records.put(entry);
  return entry;
}

const sorted = ({ dependencies, retain, protect }: Entry): unknown => [
  [...dependencies].toSorted(),
  retain,
  protect,
];
