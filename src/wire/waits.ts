/** A wait that somebody at a terminal would wonder about. */
export interface Wait {
  /** The API that is waited for, e.g. `ListResources`. */
  readonly api: string;
  /** What it waits for, e.g. `no answer yet`. */
  readonly why: string;
  readonly elapsedMs: number;
  /** How many other requests wait as well. */
  readonly others: number;
}

/** One request that is waited for. */
export interface PendingRequest {
  /** Says what it waits for from now on; undefined where somebody tells of that already. */
  readonly because: (why: string | undefined) => void;
  readonly end: () => void;
}

interface Row {
  readonly api: string;
  readonly since: number;
  why: string | undefined;
}

/** From here on a wait is told of, in ms; then again after twice as long, but once a minute at least. */
const firstMs = 3_000;
const longestMs = 60_000;

/**
 * Watches what is waited for and tells of it: one line for all of a kind, never one a request. By the machine's own
 * time, which is the time of who waits; its timer keeps no process alive.
 */
export function watchWaits(tell: ((wait: Wait) => void) | undefined): (api: string) => PendingRequest {
  const rows = new Set<Row>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstMs;
  const wait = (ms: number): void => {
    timer = setTimeout(look, ms);
    timer.unref();
  };
  const look = (): void => {
    const now = Date.now();
    const told = [...rows].filter(({ why, since }) => why !== undefined && now - since >= firstMs);
    const [oldest] = told;
    if (oldest?.why !== undefined) {
      const { api, why, since } = oldest;
      tell?.({ api, why, elapsedMs: now - since, others: told.length - 1 });
      pauseMs = Math.min(longestMs, pauseMs * 2);
      return wait(pauseMs);
    }
    const [first] = rows;
    if (first) wait(Math.max(100, first.since + firstMs - now));
    else timer = undefined;
  };
  return (api) => {
    const row: Row = { api, since: Date.now(), why: "for its turn" };
    rows.add(row);
    if (tell && timer === undefined) wait(firstMs);
    return {
      because: (why) => {
        row.why = why;
      },
      end: () => {
        rows.delete(row);
        if (rows.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
        pauseMs = firstMs;
      },
    };
  };
}
