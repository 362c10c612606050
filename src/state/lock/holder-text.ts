import type { Holder } from "../../author.ts";
import { circumstancesText } from "../author/author.ts";
import type { FormerHolder, SeenHolder } from "../store.ts";

/** Names a holder in a message: process, user, host, CI job and commit, as far as they are known, and since when. */
export const holderText = (holder: Holder): string =>
  `process ${holder.pid} on ${placeText(holder)}${circumstancesText(holder)} since ${holder.since}`;

const placeText = ({ user, host }: Holder): string => `${user === undefined ? "" : `${user}@`}${host}`;

/** Tells of a lock that was taken over, and why its holder counted as dead. */
export function takeoverText({ host, pid, since, stillMs }: FormerHolder): string {
  const why = stillMs === undefined ? "is no more" : `showed no life for ${seconds(stillMs)}`;
  return `took over the lock of process ${pid} on ${host} (held since ${since}), which ${why}`;
}

/** Tells whether a holder shows life. */
export function lifeText({ life, stillMs }: Pick<SeenHolder, "life" | "stillMs">): string {
  if (life === "gone") return "that process is no more";
  return life === "alive"
    ? `that run is alive: its heartbeat stood still for no more than ${seconds(stillMs)}`
    : `its heartbeat stood still for the ${seconds(stillMs)} that it was watched`;
}

/** Tells for whom a run waits. */
export const waitText = (holder: Holder, leftMs: number): string =>
  `waits for the stage, which is locked by ${holderText(holder)}: ` +
  `its lock is taken over in ${seconds(leftMs)} unless that run shows life`;

/** Tells for whom a run waits that was told for how long it may. */
export const patienceText = (holder: Holder, leftMs: number): string =>
  `waits for at most ${seconds(leftMs)} for the stage, which is locked by ${holderText(holder)}`;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
