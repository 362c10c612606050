import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Elsewhere, Scope } from "../../scope/scope.ts";
import type { StageName, StateStore } from "../../state/store.ts";
import type { Settings } from "../options/settings.ts";

/** Reads what the other apps and stages of the store have recorded; see Scope.elsewhere. */
export function elsewhereOf({
  store,
  app,
  stage,
}: Pick<Settings, "store" | "app" | "stage">): Scope["elsewhere"] {
  const read = async (): Promise<Elsewhere[]> => {
    const others = (await store.stages()).filter((one) => one.app !== app || one.stage !== stage);
    return Promise.all(
      others.map(async (other) => {
        const entries = await (await store.open(other.app, other.stage)).entries();
        return { ...other, entries: [...entries.values()].filter(isRead) };
      }),
    );
  };
  let once: Promise<Elsewhere[]> | undefined;
  return () => (once ??= read());
}

/** Reads what a stage has recorded; those who ask while it is read share that. See Scope.recordedIn. */
export function recordedIn(): Scope["recordedIn"] {
  const reading = new Map<StateStore, Map<string, Promise<ReadonlyMap<string, Entry | ResourceError>>>>();
  const read = async (
    { app, stage }: StageName,
    store: StateStore,
  ): Promise<Map<string, Entry | ResourceError>> => {
    const state = await store.open(app, stage);
    return new Map([...((await state.misplaced?.()) ?? []), ...(await state.entries())]);
  };
  return (of, store) => {
    const ofStore = reading.get(store) ?? new Map<string, Promise<Map<string, Entry | ResourceError>>>();
    reading.set(store, ofStore);
    const key = JSON.stringify([of.app, of.stage]);
    const known = ofStore.get(key);
    if (known) return known;
    const found = read(of, store).finally(() => ofStore.delete(key));
    ofStore.set(key, found);
    return found;
  };
}

const isRead = (entry: Entry | ResourceError): entry is Entry => !isResourceError(entry);
