import type { Listener } from "../events.ts";
import { jsonText } from "../unruly.ts";

/**
 * Writes every event as one line of JSON: `version`, `time` (ISO 8601) and the event's own fields, as
 * `events.schema.json` describes them. `version` grows when a field changes its meaning or one comes that is always there, never for one that may be.
 */
export const ndjson =
  (write: (text: string) => void, now: () => number): Listener =>
  (event) =>
    write(`${jsonText({ version: 2, time: new Date(now()).toISOString(), ...event })}\n`);
