import { expect } from "vitest";
import type { Event, Report } from "../../../src/events.ts";
import { type Props, isProps } from "../../../src/json.ts";
import { unmetIn } from "./meaning.ts";
import { subjects } from "./more-items.ts";
import { type Script, desiredOf } from "./script.ts";
import type { World } from "./world.ts";

/**
 * Hears what a run says of values that it can neither see nor send, and which its user then replaces by name: only
 * where that is so may it be said. Elsewhere nothing is NOT_UPDATABLE.
 */
export async function hearHeldBack(
  world: World,
  script: Script,
  { changes }: Report,
  events: readonly Event[],
): Promise<void> {
  for (const { id, error, identifier = "" } of changes) {
    if (error?.code !== "NOT_UPDATABLE") continue;
    await requireHeld(world, id, identifier, error.message);
    const isOther = isOtherThere(world, script, id);
    expect(isOther || world.unsure.has(id), `${id} is as asked, and "${error.message}"`).toBe(true);
    world.unsure.add(id);
  }
  for (const event of events) {
    if (event.name !== "warning" || !event.message.includes("taken to be as declared")) continue;
    const identifier = world.lost.get(event.id) ?? "";
    await requireHeld(world, event.id, identifier, event.message);
    world.unsure.add(event.id);
  }
  // What is made anew is sent whole.
  for (const { id, move, error } of changes)
    if (!error && (move === "create" || move === "replace")) world.unsure.delete(id);
}

/** It names what its type holds back, and no read shows that. */
async function requireHeld(world: World, id: string, identifier: string, message: string): Promise<void> {
  const { type = "", held = [] } = subjects[id] ?? {};
  expect(
    held.some((pointer) => message.includes(pointer)),
    `${id}: ${message}`,
  ).toBe(true);
  const shown = await readAs(world, type, identifier);
  const seen = held.filter((pointer) => shown[pointer.slice(1)] !== undefined);
  expect(seen, `a read of ${id} shows what is said to be hidden`).toEqual([]);
}

/** What a read shows, as anybody could make it; nothing where it finds none. */
async function readAs({ emulator }: World, TypeName: string, Identifier: string): Promise<Props> {
  const response = await fetch(emulator.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "CloudApiService.GetResource",
      authorization: "AWS4-HMAC-SHA256 Credential=test",
    },
    body: JSON.stringify({ TypeName, Identifier }),
  });
  const { ResourceDescription } = JSON.parse(await response.text());
  const shown: unknown = JSON.parse(ResourceDescription?.Properties ?? "{}");
  return isProps(shown) ? shown : {};
}

function isOtherThere({ emulator, settled }: World, script: Script, id: string): boolean {
  const { type = "", held = [] } = subjects[id] ?? {};
  const identifier = settled.get(id)?.identifier;
  const asked = desiredOf(script, id);
  const all = emulator.resources().filter(({ TypeName }) => TypeName === type);
  const there = all.find(({ Identifier }) => Identifier === identifier) ?? all[0];
  // What is gone and still read is nothing that could be as asked.
  if (!there) return true;
  return held.some(
    (pointer) => unmetIn(asked[pointer.slice(1)] ?? null, there.Hidden[pointer], []).length > 0,
  );
}
