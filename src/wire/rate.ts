// How many calls a second a limit lets through that nobody tells. Nothing is published of Cloud Control's; it is one for
// all its calls, and about 25 to 30 a second (ekristen/aws-nuke #508, #510).

/** A token bucket whose rate is learned from refusals. Instants are ms, of any clock that does not go back. */
export interface Rate {
  /** Calls a second; Infinity as long as none was refused. */
  readonly perSecond: number;
  /** How often this run has been refused: then it knows the rate. */
  readonly changes: number;
  /** Calls a second while that holds some back; undefined while there is enough for all. */
  whenScarce(now: number): number | undefined;
  /** How long, in ms, before the next call may go out. */
  waitMs(now: number): number;
  /** Says that a pause has been slept to its end: whatever the clock says, one call may go out. */
  endWait(now: number): void;
  /** Counts a call that goes out. */
  take(now: number): void;
  /** Counts one that was let through. */
  accept(now: number): void;
  /** Slows down after a refusal of what was sent at an instant; those of one burst count once. */
  refuse(now: number, sentAt: number): void;
}

/** A limit below that would be none that anybody sets. */
const slowest = 0.5;
/** From here on it is no limit any more. */
const fastest = 2_000;
/** The first refusals come in a burst far above the limit: at least so much of it is tried next. */
const firstShare = 0.3;
/** And no less than this: of a few calls one may well be refused because somebody else has made many. */
const firstLeast = 10;
/** What a refusal leaves of the rate, at most and at least; between these what was let through decides. */
const mostLeft = 0.95;
const leastLeft = 0.4;
/** For so long refusals belong to one burst: what a new rate lets through is not known sooner. */
const burstMs = 1_000;
/** For so long after a call had to wait others may have to. */
const scarceMs = 1_000;
/** What so many seconds without a refusal add, as a share: little at first, and ever more the longer none comes. */
const growthAfter = (seconds: number): number =>
  0.01 * seconds + 0.002 * seconds ** 2 + 0.0005 * seconds ** 3;

/** The same where the rate is no more than a guess: it doubles every second. */
const growthOfGuess = (seconds: number): number => 2 ** seconds - 1;

/** Makes one, at the rate that an earlier run has learned. */
export function makeRate(known: number = Infinity): Rate {
  const sent = countLastSecond();
  const passed = countLastSecond();
  const bucket = makeBucket();
  let perSecond = Math.max(slowest, known);
  let base = perSecond;
  let isGuess = false;
  let changes = 0;
  let grownSeconds = 0;
  let grownAt = 0;
  let heldAt = -Infinity;
  let cutAt = -Infinity;
  const isHolding = (now: number): boolean => perSecond !== Infinity && now - heldAt < scarceMs;

  return {
    get perSecond() {
      return perSecond;
    },
    get changes() {
      return changes;
    },
    whenScarce: (now) => (isHolding(now) ? perSecond : undefined),
    waitMs: (now) => {
      const waitMs = perSecond === Infinity ? 0 : bucket.waitMs(now, perSecond);
      if (waitMs > 0) heldAt = now;
      return waitMs;
    },
    endWait: (now) => bucket.endWait(now, perSecond),
    take: (now) => {
      sent.count(now);
      if (perSecond !== Infinity) bucket.take();
    },
    accept: (now) => {
      passed.count(now);
      const seconds = Math.min(1, Math.max(0, now - grownAt) / 1_000);
      grownAt = now;
      // Only a rate that holds calls back is tried further.
      if (!isHolding(now)) return;
      grownSeconds += seconds;
      const grown = base * (1 + (isGuess ? growthOfGuess : growthAfter)(grownSeconds));
      perSecond = grown > fastest ? Infinity : grown;
    },
    refuse: (now, sentAt) => {
      if (sentAt < cutAt + burstMs) return;
      const isFirst = perSecond === Infinity;
      perSecond = base = rateAfterRefusal(perSecond, { sent: sent.of(now), passed: passed.of(now) });
      isGuess = isFirst && perSecond === firstLeast;
      [cutAt, grownAt, grownSeconds, changes] = [now, now, 0, changes + 1];
      bucket.empty(now);
    },
  };
}

/** What is left of a rate, by how many calls a second went out of late and how many of them were let through. */
function rateAfterRefusal(
  perSecond: number,
  { sent, passed }: { readonly sent: number; readonly passed: number },
): number {
  if (perSecond === Infinity) return Math.max(firstLeast, passed, sent * firstShare);
  return Math.max(slowest, perSecond * leastLeft, Math.min(perSecond * mostLeft, passed));
}

/** So many seconds' worth may go out at once after a rest. */
const burstSeconds = 0.1;

/** The tokens of a bucket; a call takes one. */
interface Bucket {
  waitMs(now: number, perSecond: number): number;
  endWait(now: number, perSecond: number): void;
  take(): void;
  empty(now: number): void;
}

function makeBucket(): Bucket {
  let filledAt = 0;
  let tokens = 1;
  const fill = (now: number, perSecond: number): void => {
    const most = Math.max(1, perSecond * burstSeconds);
    // In no time even an endless rate fills nothing: it would give no number.
    const gained = now > filledAt ? ((now - filledAt) * perSecond) / 1_000 : 0;
    tokens = Math.min(most, tokens + gained);
    filledAt = now;
  };
  return {
    waitMs: (now, perSecond) => {
      fill(now, perSecond);
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1_000) / perSecond);
    },
    endWait: (now, perSecond) => {
      fill(now, perSecond);
      tokens = Math.max(1, tokens);
    },
    take: () => {
      tokens -= 1;
    },
    empty: (now) => {
      [filledAt, tokens] = [now, Math.min(0, tokens)];
    },
  };
}

const slotMs = 100;
const slots = 10;

/** Counts what happens, and tells how much a second it was within the last one. */
function countLastSecond(): { count: (now: number) => void; of: (now: number) => number } {
  const counts = new Map<number, number>();
  const drop = (slot: number): void => {
    for (const old of counts.keys()) if (old <= slot - slots) counts.delete(old);
  };
  return {
    count: (now) => {
      const slot = Math.floor(now / slotMs);
      drop(slot);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
    },
    of: (now) => {
      drop(Math.floor(now / slotMs));
      const covered = (slots - 1) * slotMs + (now % slotMs);
      return ([...counts.values()].reduce((sum, count) => sum + count, 0) * 1_000) / covered;
    },
  };
}
