import type { Clock } from "../wire/clock.ts";

// Reads may lag behind the write: five more tries, nine seconds in all.
const patientPausesMs = [100, 300, 900, 2_700, 5_000];
/** Where no read of a type has lagged yet. */
const promptPausesMs = [1_000];

type Read<T> = () => Promise<T | undefined>;

/** Reads what is new, and learns type by type how that goes. */
export interface News {
  /** What a write has made; `onMiss` is told once that the first read did not show it. */
  read<T>(type: string, read: Read<T>, onMiss?: () => Promise<void>): Promise<T | undefined>;
  /**
   * What a failed create has named. Twice within a second where reads of its type have shown at once what was new, or
   * where its handler has named before what never came to be; patiently otherwise, for it must not be made again.
   */
  readClaimed<T>(type: string, read: Read<T>): Promise<T | undefined>;
}

/** Begins with nothing known of any type. */
export function readNews(clock: Clock): News {
  const late = new Set<string>();
  const prompt = new Set<string>();
  const patiently = async <T>(type: string, read: Read<T>, onMiss?: () => Promise<void>) => {
    let reads = 0;
    const counted = (): Promise<T | undefined> => {
      reads += 1;
      return read();
    };
    const found = await readUntil(counted, clock, { pausesMs: patientPausesMs, onMiss });
    if (found !== undefined) (reads > 1 ? late : prompt).add(type);
    return found;
  };
  return {
    read: patiently,
    readClaimed: async (type, read) => {
      const isPrompt = prompt.has(type) && !late.has(type);
      if (isPrompt) return readUntil(read, clock, { pausesMs: promptPausesMs });
      const found = await patiently(type, read);
      if (found === undefined) prompt.add(type);
      return found;
    },
  };
}

/** How often to read again. */
interface Patience {
  readonly pausesMs: readonly number[];
  readonly onMiss?: (() => Promise<void>) | undefined;
}

/** Reads again until something is there or patience ends, for reads that lag behind a write (pulumi-aws-native #1714). */
async function readUntil<T>(
  read: Read<T>,
  clock: Clock,
  { pausesMs, onMiss }: Patience,
): Promise<T | undefined> {
  for (const [nth, pauseMs] of pausesMs.entries()) {
    const found = await read();
    if (found !== undefined) return found;
    if (nth === 0) await onMiss?.();
    await clock.sleep(pauseMs);
  }
  return read();
}
