import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError, isOfCaller, isResourceError } from "../../errors.ts";
import { canonical, covers, valueAt } from "../../json.ts";
import { compareDigest } from "../../state/sealing.ts";
import { ownerElsewhere } from "./other-owner.ts";
import { requireHome } from "../record/same-home.ts";
import { apartByNature, statedParentsOf } from "./keys.ts";
import { claimOf, claimantOf } from "../record/owner.ts";
import { parentsIn, siblings } from "./siblings.ts";
import { type Context, nameOf, requireGoing, warn, isForced } from "../context.ts";
import { isServerNamed } from "../../schema/identifier.ts";
import { bearsName } from "../../schema/bears-name.ts";

const hourMs = 3_600_000;

/** For so long a resource that an operation has named is not given up on NotFound alone. */
const certainMs = 36 * hourMs;

/** A longer look than this tells no more; ms. */
const longestPatienceMs = 60_000;
const pauseMs = 5_000;

/**
 * What is there under the recorded identifier; undefined once it is certain enough that nothing is for another one to
 * be made. One NotFound is evidence, never proof (roadmap #1726, aws-native #944, cdkd #961): it has to be said again
 * and again, for the longer the longer the resource has been there. Throws where it stays in doubt.
 */
export async function findRecorded(context: Context, prior: Entry): Promise<Found | undefined> {
  const { control } = context.cloud;
  const { identifier, status } = prior;
  if (identifier === undefined) return undefined;
  const name = nameOf(context, identifier);
  const isSettled = status === "settled";
  // Whether a part is there its owner says for certain, and the same part is never made twice.
  if (context.call.note?.part) return isSettled ? control.read(name) : control.readNew(name);
  const first = isSettled && (await control.read(name));
  if (first) return first;
  // Elsewhere everything is missing, and would be made once more.
  await context.cloud.admit();
  requireHome(prior, context.cloud.home);
  const found = await readPatiently(context, prior);
  if (!found) await requireGone(context, { ...prior, identifier });
  return found;
}

/** Reads until something is there, or nothing has been for as long as is fitting. */
export async function readPatiently(context: Context, prior: Entry): Promise<Found | undefined> {
  const { scope, cloud } = context;
  const name = nameOf(context, prior.identifier ?? "");
  const until = scope.now() + Math.min(longestPatienceMs, ageOf(context, prior) / 100);
  let found = await cloud.control.readNew(name);
  while (!found && scope.now() < until) {
    requireGoing(context);
    await scope.pause(pauseMs);
    found = await cloud.control.read(name);
  }
  return found;
}

const ageOf = ({ scope }: Context, { madeAt, updatedAt }: Entry): number =>
  scope.now() - Date.parse(madeAt ?? updatedAt);

type NamedResource = Entry & { readonly identifier: string };

async function requireGone(context: Context, prior: NamedResource): Promise<void> {
  const { call, scope } = context;
  const { identifier } = prior;
  // What only a failed create has named may never have been.
  if (prior.status === "pending") return requireNeverMade(context, prior);
  const isYoung = scope.now() - Date.parse(prior.updatedAt) < certainMs;
  if (prior.isUnseen === true && isYoung && !isForced(context)) {
    throw new ResourceError("NOT_STABILIZED", `${identifier} was written and cannot be read yet`, {
      identifier,
      advice: `Run the script again later. ${otherwise}`,
    });
  }
  const isTold = isForced(context) || (scope.runOptions.refresh ?? false) !== false;
  if (!isTold && prior.isUnseen !== true && isServerNamed(call.facts)) await requireUnlisted(context, prior);
  if (prior.protect === true || call.options.protect === true) {
    throw new ResourceError("PROTECTED", `${identifier} cannot be found and would be made again`, {
      identifier,
    });
  }
  warn(context, `${identifier} is gone and will be created again`);
}

const otherwise = "replace: true, or --replace with its id, makes another one all the same.";

async function requireUnlisted(context: Context, prior: NamedResource): Promise<void> {
  const { identifier } = prior;
  const seen = await listedIn(context, prior);
  if (seen === "absent") return;
  const what = seen === "listed" ? "is listed and cannot be read" : "cannot be read, and no list tells of it";
  throw new ResourceError(seen === "listed" ? "NOT_STABILIZED" : "NOT_FOUND", `${identifier} ${what}`, {
    identifier,
    advice: `Look whether it is there. If it is gone, --refresh makes it again, and so does replace: true.`,
  });
}

/**
 * A failed create has named it, and no read has ever shown it. Under a name that the user chose, or that the service
 * keeps for one alone, there is no second one; else within an hour reads and lists may both lag behind.
 */
async function requireNeverMade(context: Context, prior: NamedResource): Promise<void> {
  const { call } = context;
  if (isForced(context) || !isServerNamed(call.facts)) return;
  const isApart = apartByNature(call) !== undefined;
  const isSure = isApart || ageOf(context, prior) >= hourMs;
  const seen = await listedIn(context, prior);
  if (isSure && seen !== "listed") return;
  throw new ResourceError(
    "NOT_STABILIZED",
    `${prior.identifier}, which a failed create has named, may exist`,
    {
      identifier: prior.identifier,
      advice: `Run the script again later. ${otherwise}`,
    },
  );
}

/** Whether a list of its siblings shows it, asked below the parents that it was recorded with. */
async function listedIn(context: Context, prior: NamedResource): Promise<"listed" | "absent" | "unknown"> {
  const { call, cloud } = context;
  if (call.facts.handlers?.includes("list") === false) return "unknown";
  const stated = { ...call, desired: { ...call.desired, ...prior.live, ...prior.desired } };
  const { parents } = parentsIn(stated, statedParentsOf(stated));
  if (!parents) return "unknown";
  try {
    for await (const { identifier } of siblings({ cloud, call: stated }, parents))
      if (identifier === prior.identifier) return "listed";
    return "absent";
  } catch (error) {
    if (!isResourceError(error)) throw error;
    // Nothing is below a parent that is gone itself.
    if (error.kind === "missing") return "absent";
    if (isOfCaller(error)) throw error;
    if (error.kind === "denied" || error.kind === "invalid") return "unknown";
    throw error;
  }
}

/**
 * Tells whether what bears the name that a failed create of ours named is somebody else's: it has come since, for it is
 * not as we asked, or others have it.
 */
export async function isStrangers(
  context: Context,
  prior: Entry,
  { live, identifier }: Found,
): Promise<boolean> {
  const { call, records } = context;
  if (prior.status !== "pending" || call.note?.part) return false;
  if (isServerNamed(call.facts) && !bearsName(call.facts, identifier, Object.values(call.desired)))
    return false;
  const claim = claimOf(context, { identifier, live });
  if (claimantOf(records, claim) !== undefined) return true;
  if ((await ownerElsewhere(context, { identifier, live })) !== undefined) return true;
  return !Object.entries(prior.digests).every(([pointer, then]) => {
    const value = valueAt(live, pointer);
    if (value === undefined) return (call.facts.writeOnly ?? []).some((pattern) => covers(pattern, pointer));
    return compareDigest(records.key, canonical(value), then) === "same";
  });
}
