import { expect } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { StateStore } from "../../../src/state/store.ts";

/** Expects that what is recorded is what exists: as many as told, each settled, none beside. */
export async function expectExact(
  { emulator, store }: { readonly emulator: Emulator; readonly store: StateStore },
  count: number,
  when: string,
): Promise<void> {
  const entries = [...(await (await store.open("test", "dev")).entries()).values()].map((entry) => {
    if (isResourceError(entry)) throw entry;
    return entry;
  });
  const recorded = entries.map(({ type, identifier, status, intent, superseded }) =>
    [type, identifier, status, intent?.move, superseded?.length].join(" "),
  );
  const there = emulator
    .resources()
    .map(({ TypeName, Identifier }) => [TypeName, Identifier, "settled", "", ""].join(" "));
  expect(recorded.toSorted(), when).toEqual(there.toSorted());
  expect(there, when).toHaveLength(count);
}
