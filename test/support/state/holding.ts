// A process that holds a stage: `holding.ts <folder> <term in ms>`, told by lines on stdin what to do. It answers each
// with a line: `ok`, or the code of the failure.
import { createInterface } from "node:readline";
import { isResourceError } from "../../../src/errors.ts";
import { jsonFileStore } from "../../../src/state/index.ts";
import type { Lock } from "../../../src/state/store.ts";
import { entryOf } from "./entry.ts";

const [folder = "", term = ""] = process.argv.slice(2);
const state = await jsonFileStore(folder, { lockTerm: Number(term) }).open("shop", "dev");
let lock: Lock | undefined;

const deeds: Readonly<Record<string, (word: string) => unknown>> = {
  lock: async () => {
    lock = await state.lock();
  },
  put: (id) => state.put(entryOf(id, { identifier: `of ${process.pid}` })),
  check: () => lock?.check?.(),
  block: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms)),
  /** All of it before anything else may happen in this process. */
  rush: async (ms) => {
    lock = await state.lock();
    await state.put(entryOf("rushed"));
    deeds["block"]?.(ms);
  },
  release: () => lock?.release(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [deed = "", word = ""] = line.split(" ");
  try {
    await deeds[deed]?.(word);
    process.stdout.write("ok\n");
  } catch (error) {
    process.stdout.write(`${isResourceError(error) ? error.code : String(error)}\n`);
  }
}
