import { installDefaultApp } from "../app/app.ts";
import { settingsOf } from "../app/options/settings.ts";
import { isResourceError } from "../errors.ts";
import { type OpenedType, openType } from "../resource/direct/table.ts";
import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { noteOf } from "../services/notes.ts";
import type { Note } from "../services/note.ts";
import type { StateStore } from "../state/store.ts";
import type { SqlOptions } from "./options.ts";

/** A type as far as it is known without a region. */
export interface KnownType {
  readonly facts: Facts;
  readonly note: Note | undefined;
  /** The type where a statement names no region; undefined where there is no such place. */
  readonly here: OpenedType | undefined;
}

/** Where statements find types and entries. */
export interface World {
  readonly store: StateStore;
  /** Opens a type in a region, each once. */
  open(type: string, region: string): Promise<OpenedType>;
  know(type: string): Promise<KnownType>;
}

/** Opens what a statement asks. */
export function openWorld({ region, profile, store, signal }: SqlOptions): World {
  installDefaultApp();
  const opened = new Map<string, Promise<OpenedType>>();
  const open = (type: string, region: string | undefined): Promise<OpenedType> => {
    const key = JSON.stringify([type, region]);
    const known = opened.get(key) ?? openType(type, { region, profile, signal });
    opened.set(key, known);
    return known;
  };
  return {
    store: settingsOf("", { store }, process.env, process.argv[1]).store,
    open,
    know: async (type) => {
      try {
        const here = await open(type, region);
        return { facts: here.facts, note: here.note, here };
      } catch (error) {
        const facts = bundledFacts(type);
        // A statement may name every region itself.
        if (facts && isResourceError(error) && error.code === "NO_REGION")
          return { facts, note: noteOf(type), here: undefined };
        throw error;
      }
    },
  };
}
