import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import type { Props } from "../../../src/json.ts";
import type { Wording } from "./items.ts";
import { subjects } from "./more-items.ts";

/** What a script says at one time: how each id that it declares is worded. */
export type Script = ReadonlyMap<string, Wording>;

/** The ids that a script declares, parents first, less those whose parents it does not declare. */
export function declaredIn(script: Script): string[] {
  const declared: string[] = [];
  for (const [id, { parents = [] }] of Object.entries(subjects)) {
    if (script.has(id) && parents.every(([, parent]) => declared.includes(parent))) declared.push(id);
  }
  return declared;
}

/** What a script asks of an id, less what it takes from others. */
export function desiredOf(script: Script, id: string): Props {
  const wording = script.get(id);
  return wording ? (subjects[id]?.desired(wording) ?? {}) : {};
}

/** What cannot change without a replacement: its own name, and its parents. */
export function keyOf(script: Script, id: string): string {
  const parents = subjects[id]?.parents ?? [];
  return [`${script.get(id)?.fixed}`, ...parents.map(([, parent]) => keyOf(script, parent))].join(" ");
}

/** Declares what a script says; `adopting` are ids that take over what exists under an identifier. */
export async function perform(script: Script, adopting: ReadonlyMap<string, string>): Promise<void> {
  const made = new Map<string, Promise<Props>>();
  for (const id of declaredIn(script)) {
    const { type = "", parents = [] } = subjects[id] ?? {};
    const desire = async (): Promise<Props> => {
      const taken = await Promise.all(
        parents.map(async ([property, parent, output]): Promise<[string, Props[string]]> => [
          property,
          (await made.get(parent))?.[output] ?? "",
        ]),
      );
      return { ...desiredOf(script, id), ...Object.fromEntries(taken) };
    };
    made.set(id, declare(id, type, { desire, identifier: adopting.get(id) }));
  }
  await Promise.all(made.values());
}

interface Declared {
  readonly desire: () => Promise<Props>;
  readonly identifier: string | undefined;
}

const declare = async (id: string, TypeName: string, { desire, identifier }: Declared): Promise<Props> =>
  CloudControlResource(id, {
    TypeName,
    DesiredState: await desire(),
    allowReplace: true,
    ...(identifier !== undefined && { adopt: { identifier } }),
  });
