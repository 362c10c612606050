import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Elsewhere, Scope } from "../../scope/scope.ts";
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

const isRead = (entry: Entry | ResourceError): entry is Entry => !isResourceError(entry);
