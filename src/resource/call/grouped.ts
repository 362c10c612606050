import { readingsOf } from "../../scope/group.ts";
import type { Scope, Records } from "../../scope/scope.ts";
import type { Call } from "./read-call.ts";

/**
 * The call with the other ids that it names as they are in full: of those that an id may mean in its scope, the innermost
 * that is declared; of the id that it had before, the innermost that is recorded and not declared.
 */
export function nameInGroup(call: Call, group: string, { journal }: Scope, records: Records): Call {
  const { dependsOn, renamedFrom } = call.options;
  if (group === "" || (dependsOn === undefined && renamedFrom === undefined)) return call;
  const isRecorded = (id: string): boolean => records.get(id) !== undefined;
  const fullOf = (id: string, isMeant: (reading: string) => boolean): string =>
    readingsOf(id, group).find(isMeant) ?? id;
  const neededIdOf = (id: string): string => fullOf(id, (one) => one !== call.id && journal.seen.has(one));
  const formerIdOf = (id: string): string =>
    fullOf(id, (one) => one !== call.id && !journal.seen.has(one) && isRecorded(one));
  const texts = new Set((dependsOn ?? []).filter((one) => typeof one === "string"));
  return {
    ...call,
    dependencies: call.dependencies.map((id) => (texts.has(id) ? neededIdOf(id) : id)),
    options: {
      ...call.options,
      ...(dependsOn && {
        dependsOn: dependsOn.map((one) => (typeof one === "string" ? neededIdOf(one) : one)),
      }),
      ...(renamedFrom !== undefined && { renamedFrom: formerIdOf(renamedFrom) }),
    },
  };
}
