import { type Event, type Listener, type Move, isTrace } from "../events.ts";

/** A resource that is being worked on. Instants are epoch ms. */
export interface Row {
  readonly id: string;
  readonly type: string;
  /** Absent while it is only looked at. */
  readonly move?: Move;
  readonly since: number;
  readonly wait?: Wait;
}

/** What a resource waits for: another try, or AWS. */
export type Wait =
  | { readonly for: "retry"; readonly reason: string; readonly attempt: number; readonly until: number }
  | { readonly for: "aws"; readonly since: number; readonly message?: string };

/** What a run is at, by what it has told so far. */
export interface UnderWay {
  readonly hear: Listener;
  /** Oldest first. */
  readonly rows: () => readonly Row[];
  readonly ended: () => number;
  /** Every resource heard of so far: a script tells no number in advance. */
  readonly total: () => number;
}

/** Keeps count of what is under way. */
export function underWay(now: () => number): UnderWay {
  const rows = new Map<string, Row>();
  const ended = new Set<string>();
  const hear = (event: Event): void => {
    if (isTrace(event) || !("id" in event)) return;
    switch (event.name) {
      case "started": {
        const { id, type, move } = event;
        ended.delete(id);
        rows.set(id, { id, type, move, since: rows.get(id)?.since ?? now() });
        return;
      }
      case "progress":
      case "retry": {
        // What a replacement leaves behind is deleted after its own end, and no event tells when that is over.
        if (ended.has(event.id)) return;
        const { id, type } = event;
        rows.set(id, { ...(rows.get(id) ?? { id, type, since: now() }), wait: waitOf(event, now()) });
        return;
      }
      case "done":
      case "planned":
      case "failed":
        rows.delete(event.id);
        ended.add(event.id);
        return;
      case "step":
      case "warning":
        return;
    }
  };
  return {
    hear,
    rows: () => [...rows.values()],
    ended: () => ended.size,
    total: () => ended.size + rows.size,
  };
}

function waitOf(event: Event & { readonly name: "progress" | "retry" }, now: number): Wait {
  if (event.name === "retry") {
    const { reason, attempt, waitMs } = event;
    return { for: "retry", reason, attempt, until: now + waitMs };
  }
  const { elapsedMs, message } = event;
  return { for: "aws", since: now - elapsedMs, ...(message !== undefined && { message }) };
}
