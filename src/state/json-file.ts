import * as fs from "node:fs";
import { UsageError } from "../errors.ts";
import { type OptionNames, requireKnownOptions } from "../known-options.ts";
import { diskOf, type Files } from "./disk.ts";
import { logDiskOf } from "./log/log-disk.ts";
import { storeOn, storeOptions, type StoreOptions } from "./stage.ts";
import type { StateStore } from "./store.ts";

/** How a store on disk may differ from the usual one. */
export interface JsonFileStoreOptions extends StoreOptions {
  /** The file functions to stand on; `node:fs` by default. */
  readonly files?: Files | undefined;
}

/** Keeps entries as pretty-printed JSON, one file a resource: `<folder>/<app>/<stage>/<id percent-encoded>.json`. */
export function jsonFileStore(folder: string, options: JsonFileStoreOptions = {}): StateStore {
  // What a JavaScript program passes may be anything, and would name a folder that nobody meant.
  if (typeof folder !== "string" || folder.trim() === "") {
    const given = folder === "" ? "empty text" : (JSON.stringify(folder) ?? typeof folder);
    throw new UsageError(
      `jsonFileStore() takes the folder to keep entries in, such as "state"; given was ${given}`,
    );
  }
  requireKnownOptions("jsonFileStore()", options, fileStoreOptions);
  const files = options.files ?? fs;
  const isOfMachine = options.files === undefined;
  return storeOn({ ...diskOf(files), logs: logDiskOf(files), isOfMachine }, folder, options);
}

const fileStoreOptions: OptionNames<JsonFileStoreOptions> = { ...storeOptions, files: true };
