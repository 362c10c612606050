import { sep } from "node:path";
import { requireKnownOptions } from "../known-options.ts";
import type { Disk } from "./disk.ts";
import { storeOn, storeOptions, type StoreOptions } from "./stage.ts";
import type { StateStore } from "./store.ts";

/** Keeps entries for as long as the process lives; otherwise it behaves as the store on disk does. */
export function memoryStore(options: StoreOptions = {}): StateStore {
  requireKnownOptions("memoryStore()", options, storeOptions);
  return storeOn(memoryDisk(), "memory", options);
}

function memoryDisk(): Disk {
  const files = new Map<string, { readonly text: string; readonly touchedAt: number }>();
  const write = (path: string, text: string, allow?: () => void): void => {
    allow?.();
    files.set(path, { text, touchedAt: 0 });
  };
  return {
    list(folder) {
      const within = [...files.keys()].filter((path) => path.startsWith(folder + sep));
      return [...new Set(within.map((path) => path.slice(folder.length + 1).split(sep)[0] ?? ""))];
    },
    read: (path) => files.get(path)?.text,
    write,
    claim(path, text) {
      if (files.has(path)) return false;
      write(path, text);
      return true;
    },
    remove(path) {
      files.delete(path);
    },
    touchedAt: (path) => files.get(path)?.touchedAt,
    overwrite(path, head, text) {
      const file = files.get(path);
      if (!file?.text.startsWith(head)) return false;
      files.set(path, { ...file, text: head + text + file.text.slice(head.length + text.length) });
      return true;
    },
    sweep: () => undefined,
  };
}
