import { historyFolder } from "../history/runs-on-disk.ts";
import type { RunTexts } from "../store.ts";
import type { StagePlace } from "./read-stage.ts";

const suffix = ".json";

/** Keeps the records of a stage's runs as objects beside its others. */
export function runsInBucket({ bucket, folder }: StagePlace): RunTexts {
  const prefix = `${folder}${historyFolder}/`;
  const keyOf = (name: string): string => prefix + name + suffix;
  return {
    names: async () => {
      const keys = (await bucket.list(prefix)).map(({ key }) => key.slice(prefix.length));
      return keys.flatMap((name) => (/^\w[\w.-]*\.json$/.test(name) ? [name.slice(0, -suffix.length)] : []));
    },
    read: async (name) => (await bucket.get(keyOf(name)))?.text,
    write: async (name, text) => void (await bucket.put(keyOf(name), text, "any")),
    remove: async (name) => void (await bucket.remove(keyOf(name))),
  };
}
