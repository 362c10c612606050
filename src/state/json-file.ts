import { diskOf, type Files } from "./disk.ts";
import { storeOn, type StoreOptions } from "./stage.ts";
import type { StateStore } from "./store.ts";

/** How a store on disk may differ from the usual one. */
export interface JsonFileStoreOptions extends StoreOptions {
  /** The file functions to stand on; `node:fs` by default. */
  readonly files?: Files | undefined;
}

/** Keeps entries as pretty-printed JSON, one file a resource: `<folder>/<app>/<stage>/<id percent-encoded>.json`. */
export function jsonFileStore(folder: string, options: JsonFileStoreOptions = {}): StateStore {
  return storeOn(diskOf(options.files), folder, options);
}
