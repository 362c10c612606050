export type { Entry, Home, Intent, Sealed, Superseded } from "../entry.ts";
export type { Holder } from "../author.ts";
export type { RunAuthor, RunEnd, RunRecord } from "../events.ts";
export type { Files } from "./disk.ts";
export { jsonFileStore, type JsonFileStoreOptions } from "./json-file.ts";
export { memoryStore } from "./memory.ts";
export { storeAt } from "./store-at.ts";
export { s3Store, type S3StoreOptions } from "./s3/s3-store.ts";
export { checkId } from "./name.ts";
export { digest, seal, unseal } from "./sealing.ts";
export type { StoreOptions } from "./stage.ts";
export type { LockClock } from "./lock/clock.ts";
export type {
  FormerHolder,
  LearnedStore,
  Lock,
  RunTexts,
  SeenHolder,
  StageState,
  StateStore,
  Waiting,
} from "./store.ts";
