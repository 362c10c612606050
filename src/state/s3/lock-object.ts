import { ResourceError, isResourceError } from "../../errors.ts";
import { isList, isProps } from "../../json.ts";
import type { LockClock } from "../lock/clock.ts";
import { holderText } from "../lock/holder-text.ts";
import { type Found, beatText, foundFrom, holderOfMine, isGone, ownTermOf } from "../lock/lock-file.ts";
import { lockedBy } from "../lock/lock.ts";
import { type Watched, type Watching, watchLock } from "../lock/watch.ts";
import type { Holder } from "../../author.ts";
import type { FormerHolder, SeenHolder } from "../store.ts";
import type { Bucket, FoundObject } from "./bucket.ts";

// The holder of a stage is who has made its object `lock.json`, or has put another in the place of one that was silent
// for its term. Whoever holds it beats by writing it anew where it still is what it wrote last (If-Match): a beat that
// succeeds, however late, proves that nobody has taken the stage meanwhile, for that would have put another object there.
//
// A lock says the generation of log objects that its holder writes, once it writes any: who takes over puts a fence
// where the next of them would go. Until its own lock says a generation it has written none, and still names in `unfenced`
// those of former holders.

/** Where a lock stands, and how it is kept. */
export interface LockSite {
  readonly bucket: Bucket;
  readonly key: string;
  readonly title: string;
  /** The command that breaks it. */
  readonly unlock: string;
  readonly clock: LockClock;
  readonly termMs: number;
}

/** A stage that this run holds. */
export interface ObjectLock {
  readonly holder: string;
  readonly takenOver: FormerHolder | undefined;
  /** Generations of former holders that may still write. */
  readonly unfenced: readonly number[];
  /** Throws `LOCKED` once it is known to be lost, or was not renewed for its holder's own term. */
  check(): void;
  /** The same, but first makes sure of a lock that was not renewed in time. */
  renew(): Promise<void>;
  /** Makes sure of it now. */
  assure(): Promise<void>;
  /** Says in it which generation its holder writes from now on: all former ones have fences by now. */
  confirm(generation: number): Promise<void>;
  /** Counts as lost from now on. */
  lose(): void;
  /** Gives the stage back, unless it is lost. */
  release(): Promise<void>;
}

/** Beats in a term: each is a request. */
const beatsInTerm = 6;

/** Looks in a term at the lock of another: each is a request too. */
const looksInTerm = 60;

/** How a lock is taken. */
export interface Taking extends Watching {
  /** Takes it from whomever it is, at once. */
  readonly isForced?: boolean | undefined;
}

/**
 * Takes the lock, over a holder that is dead. One that may live is watched: as soon as it shows life this fails with
 * `LOCKED`, and once it has shown none for its term it is taken over.
 */
export async function takeObjectLock(site: LockSite, taking: Taking = {}): Promise<ObjectLock> {
  const { bucket, key, clock, termMs } = site;
  const mine = holderOfMine(termMs);
  const hold = (over: Omit<Taken, "mine">): ObjectLock => holdObject(site, { mine, ...over });
  // Of what was written and found to be its own, the answer was lost.
  const isMine = (there: FoundObject): boolean => holderIn(there) === mine.holder;
  for (let former: Former | undefined; ;) {
    const { unfenced = [], holder } = former ?? {};
    const at = clock.now();
    const made = await bucket.put(key, newText(mine, unfenced), former ?? "absent");
    if (made !== undefined) return hold({ tag: made, at, former: holder, unfenced });
    const there = await bucket.get(key);
    if (there && isMine(there)) return hold({ tag: there.tag, at, former: holder, unfenced });
    former = there && (await judge(site, there, taking));
  }
}

/** A holder that is dead. */
interface Former {
  readonly holder: FormerHolder;
  /** How its lock was last seen. */
  readonly tag: string;
  readonly unfenced: readonly number[];
}

/** The holder of a lock where it is dead, undefined where it is no longer there; `LOCKED` where it lives. */
async function judge(site: LockSite, there: FoundObject, taking: Taking): Promise<Former | undefined> {
  const found = foundFrom(there.text, 0);
  const former = { holder: found.holder, tag: there.tag, unfenced: generationsIn(there.text) };
  if (taking.isForced === true || isGone(found)) return former;
  const { end, stillMs } = await watch(site, { there, found }, taking);
  if (end === "moved") throw lockedBy(site, found.holder, stillMs);
  if (end === "gone") return former;
  return end === "still" ? { ...former, holder: { ...found.holder, stillMs } } : undefined;
}

interface Seen {
  readonly there: FoundObject;
  readonly found: Found;
}

function watch(site: LockSite, { there, found }: Seen, watching: Watching): Promise<Watched> {
  const { bucket, key } = site;
  const holder = holderIn(there);
  const look = async (): Promise<Watched["end"] | undefined> => {
    const now = await bucket.get(key);
    if (!now || holderIn(now) !== holder) return "replaced";
    if (now.tag !== there.tag) return "moved";
    return isGone(found) ? "gone" : undefined;
  };
  return watchLock({ ...site, looksInTerm, look }, found, watching);
}

/** Tells who holds the stage, and whether that run shows life while its heart should beat. */
export async function lookAtObjectLock(site: LockSite): Promise<SeenHolder | undefined> {
  const there = await site.bucket.get(site.key);
  if (!there) return undefined;
  const found = foundFrom(there.text, 0);
  const atMostMs = (found.termMs / beatsInTerm) * 1.5;
  const { end, stillMs } = await watch(site, { there, found }, { atMostMs });
  if (end === "replaced") return lookAtObjectLock(site);
  const life = end === "moved" ? "alive" : end === "gone" ? "gone" : "silent";
  return { ...found.holder, life, stillMs, termMs: found.termMs };
}

interface Members {
  readonly holder?: unknown;
  readonly generation?: unknown;
  readonly unfenced?: unknown;
}

function membersOf(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isProps(value) ? value : {};
  } catch {
    return {};
  }
}

/** The generations that the holder of a lock, or one before it, may still write. */
function generationsIn(text: string): readonly number[] {
  const { generation, unfenced } = membersOf(text);
  return [generation, ...(isList(unfenced) ? unfenced : [])].filter((one) => typeof one === "number");
}

type Mine = ReturnType<typeof holderOfMine>;

const newText = (mine: Mine, unfenced: readonly number[]): string => textOf({ ...mine, unfenced }, 0n);

const textOf = (said: object, count: bigint): string =>
  `${JSON.stringify({ ...said, beat: beatText(count) })}\n`;

interface Taken {
  readonly mine: Mine;
  readonly tag: string;
  /** When the request began that took it. */
  readonly at: number;
  readonly former: FormerHolder | undefined;
  readonly unfenced: readonly number[];
}

function holdObject(site: LockSite, { mine, former, unfenced, ...taken }: Taken): ObjectLock {
  const heart = heartOf(site, { ...taken, said: { ...mine, unfenced } });
  const ownTermMs = ownTermOf(site);
  const isLapsed = (): boolean => site.clock.now() - heart.at() > ownTermMs;
  const check = (): void => {
    const lost = heart.lostTo();
    if (lost) throw lostLock(site, lost.holder);
    if (isLapsed()) throw lapseOf(site, ownTermMs);
  };
  const assure = async (): Promise<void> => {
    await heart.beat();
    check();
  };
  return {
    holder: mine.holder,
    takenOver: former,
    unfenced,
    check,
    renew: async () => (isLapsed() ? assure() : check()),
    assure,
    async confirm(generation) {
      await heart.say({ ...mine, generation });
      check();
    },
    lose: () => heart.lose(),
    release: () => heart.release(),
  };
}

/** Writes the lock of a holder anew. */
interface ObjectHeart {
  /** When it was last sure of its lock, by the lock's clock. */
  at(): number;
  /** Who has the lock, once it is lost. */
  lostTo(): { readonly holder: Holder | undefined } | undefined;
  beat(): Promise<void>;
  /** Beats, and from now on says this. */
  say(said: object): Promise<void>;
  lose(): void;
  release(): Promise<void>;
}

function heartOf(site: LockSite, begun: Pick<Taken, "tag" | "at"> & { readonly said: Mine }): ObjectHeart {
  const { bucket, key, termMs } = site;
  const pulse: Pulse = { ...begun, holder: begun.said.holder, count: 0n, lost: undefined };
  let beating: Promise<void> | undefined;
  const beat = (): Promise<void> =>
    (beating ??= writeBeat(site, pulse).finally(() => {
      beating = undefined;
    }));
  const settle = async (): Promise<void> => beating?.catch(() => undefined);
  const timer = setInterval(() => {
    if (pulse.lost) clearInterval(timer);
    else beat().catch(ignore);
  }, termMs / beatsInTerm).unref();
  return {
    at: () => pulse.at,
    lostTo: () => pulse.lost,
    beat,
    async say(said) {
      await settle();
      pulse.said = said;
      await beat();
    },
    lose: () => {
      pulse.lost ??= { holder: undefined };
    },
    async release() {
      clearInterval(timer);
      await settle();
      if (pulse.lost || (await bucket.remove(key, pulse.tag))) return;
      const there = await bucket.get(key);
      if (there && holderIn(there) === pulse.holder) await bucket.remove(key, there.tag);
    },
  };
}

/** What a holder knows of its lock. */
interface Pulse {
  readonly holder: string;
  said: object;
  /** How it was written last, as far as an answer came. */
  tag: string;
  at: number;
  count: bigint;
  lost: { readonly holder: Holder | undefined } | undefined;
}

async function writeBeat({ bucket, key, clock }: LockSite, pulse: Pulse): Promise<void> {
  while (!pulse.lost) {
    const began = clock.now();
    pulse.count += 1n;
    const text = textOf(pulse.said, pulse.count);
    const next = await bucket.put(key, text, { tag: pulse.tag });
    const there = next === undefined ? await bucket.get(key) : { text, tag: next };
    if (!there || holderIn(there) !== pulse.holder || there.tag === pulse.tag) {
      pulse.lost = { holder: there && foundFrom(there.text, 0).holder };
      return;
    }
    pulse.tag = there.tag;
    if (there.text !== text) continue;
    // An answer that was lost is as good as one: this beat stands there. Of an older one only the tag was not known yet.
    pulse.at = began;
    return;
  }
}

const holderIn = ({ text }: FoundObject): unknown => membersOf(text).holder;

/** The next beat meets the same bucket, and the next write tells. */
function ignore(error: unknown): void {
  if (!isResourceError(error)) throw error;
}

function lostLock({ title }: LockSite, by: Holder | undefined): ResourceError {
  const whom = by ? ` to ${holderText(by)}` : "";
  return new ResourceError("LOCKED", `this run lost the lock of ${title}${whom}`, {
    advice: "Nothing more is written by this run: run the script again when the other has ended.",
  });
}

function lapseOf({ title }: LockSite, ownTermMs: number): ResourceError {
  return new ResourceError(
    "LOCKED",
    `this run did not renew its lock of ${title} for over ${ownTermMs / 1_000} s`,
    { advice: "Another run may have begun meanwhile, so nothing was sent: run the script again." },
  );
}
