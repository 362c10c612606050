import { type Learned, learnFrom } from "../../cloudcontrol/learned.ts";
import { type Json, type Props, isProps } from "../../json.ts";
import type { Where } from "../../wire/client.ts";
import type { Settings } from "../options/settings.ts";

/** What this run and those before it have learned of AWS, place by place. */
export interface Lessons {
  /** Of one place, as the store has it: read once, when it is first asked for. */
  of(place: Where): Promise<Learned>;
  /** Keeps what has been learned since the last time, if anything. */
  keep(): Promise<void>;
}

/** Another version may write something else. */
const version = 1;

/** Begins with what the store has kept. Whatever fails here fails no run: what is lost is learned anew. */
export function lessonsOf({ store, clock, withholds }: Settings): Lessons {
  const open = new Map<string, Learned>();
  let reading: Promise<Props> | undefined;
  let kept = 0;
  const count = (): number => [...open.values()].reduce((sum, learned) => sum + learned.count(), 0);
  const read = async (): Promise<Props> => placesIn(await orNothing(async () => store.learned?.read()));
  return {
    of: async (place) => {
      const { region = "", profile = "", endpoint = "" } = place;
      const key = [region, profile, endpoint].join(" ").trim();
      const places = await (reading ??= read());
      const learned = open.get(key) ?? learnFrom(places[key], clock.now());
      open.set(key, learned);
      return learned;
    },
    keep: async () => {
      const now = count();
      if (withholds || now === kept || !store.learned) return;
      kept = now;
      const ours = [...open].map(([key, learned]) => [key, learned.kept(clock.now())] as const);
      // Other runs may have kept theirs meanwhile.
      const places = { ...(await read()), ...Object.fromEntries(ours) };
      await orNothing(async () => store.learned?.write({ version, places }));
    },
  };
}

async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

function placesIn(value: Json | undefined): Props {
  const { version: written, places } = isProps(value) ? value : {};
  return written === version && isProps(places) ? places : {};
}
