import type { Name } from "../../cloudcontrol/cloud-control.ts";
import { isResourceError } from "../../errors.ts";
import { type Props, valueAt } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { identifierOf } from "../../schema/identifier.ts";
import type { Cloud } from "../../scope/scope.ts";
import type { Premise } from "../../services/note.ts";
import { isUnknown } from "../outputs/placeholders.ts";
import { type Context, warn } from "../context.ts";

/**
 * Warns where what this resource names is of a kind with which it is of no use. What is not there, may not be read or
 * is known only after apply is for the service to complain of.
 */
export async function warnOfPremises(context: Context): Promise<void> {
  await Promise.all(
    (context.call.note?.premises ?? []).map(async (premise) => {
      const model = await modelOf(context, premise);
      const value = model && valueAt(model, premise.at);
      if (typeof value !== "string" || isUnknown(value) || new RegExp(`^(?:${premise.form})$`).test(value))
        return;
      warn(context, `${premise.type} ${premise.at} is ${value}: ${premise.otherwise}`);
    }),
  );
}

/** What the premise is about: as this run plans or has recorded it, else as it is there, read once a run. */
async function modelOf(
  { scope, records, call, cloud }: Context,
  { type }: Premise,
): Promise<Props | undefined> {
  const identifier = identifierOf(bundledFacts(type) ?? {}, call.desired);
  if (identifier === undefined) return undefined;
  if (isUnknown(identifier)) {
    return scope.journal.changes.find((one) => one.type === type && identifier.includes(`⟨${one.id}.`))
      ?.desired;
  }
  for (const entry of records.all().values()) {
    if (!isResourceError(entry) && entry.type === type && entry.identifier === identifier) return entry.live;
  }
  const { premises } = scope.journal;
  const name = { TypeName: type, Identifier: identifier };
  const model = premises.get(JSON.stringify(name)) ?? readable(cloud, name);
  scope.journal.premises.set(JSON.stringify(name), model);
  return model;
}

async function readable({ control }: Cloud, name: Name): Promise<Props | undefined> {
  try {
    return (await control.read(name))?.live;
  } catch (error) {
    if (isResourceError(error)) return undefined;
    throw error;
  }
}
