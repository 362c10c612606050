import { join } from "node:path";
import { parseExact } from "../json.ts";
import type { Disk } from "./disk.ts";
import type { LearnedStore } from "./store.ts";

/** Where it is kept, beside the stages. */
export const learnedFile = ".learned.json";

/** Keeps what runs learn in a file of the store's folder, which is not begun for that alone. */
export function learnedIn(disk: Disk, folder: string): LearnedStore {
  const path = join(folder, learnedFile);
  return {
    read: async () => {
      const text = disk.read(path);
      return text === undefined ? undefined : parseExact(text);
    },
    write: async (value) => {
      if (disk.list(folder).length > 0) disk.write(path, `${JSON.stringify(value)}\n`);
    },
  };
}
