// DNS record sets, which Cloud Control does not serve, through Route 53 itself.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
import { type Found, type Progress, type Write, modelIn } from "../../cloudcontrol/protocol.ts";
import { type StatusReader, follow } from "../../cloudcontrol/wait.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import type { Where, Wire } from "../../wire/client.ts";
import type { Pause } from "../../wire/retry.ts";
import type { Provider } from "../provider.ts";
import { type Route53, type SubmittedChange, route53 } from "./api.ts";
import { type Batch, batchOf, commentOf, foundOf, isOutdated, keyOf, zoneNameIn } from "./batch.ts";
import {
  type Zone,
  isSameRecordSet,
  modelOf,
  plainName,
  recordSetKeyIn,
  recordSetKeyOf,
  recordSetType,
} from "./model.ts";

type OnPause = ((pause: Pause) => void) | undefined;

/** How often a change begins anew because somebody else has changed the record set meanwhile. */
const mostTries = 5;
/** Tells the tokens of Route 53's changes from those of Cloud Control's operations. */
const tokenPrefix = "route53-";

/** Reads and writes record sets as if Cloud Control served them. */
export function recordSets(where: Where, wire: Wire): Provider {
  const api = route53(where, wire);
  const poll: StatusReader["poll"] = async (token, signal) => ({
    progress: progressOf(await api.changeOf(token.slice(tokenPrefix.length), signal), undefined),
    hooks: [],
  });
  return {
    type: recordSetType,
    isOwnToken: (token) => token.startsWith(tokenPrefix),
    control: {
      send: (write, onPause, permit) => carry(api, write, "first", onPause, permit),
      resend: (write, onPause, permit) => carry(api, write, "again", onPause, permit),
      follow: async (operation, watch) => {
        const first = typeof operation === "string" ? progressAt(operation, "running") : operation;
        // A change cannot be cancelled.
        const asking = { poll, cancel: () => Promise.resolve() };
        const ended = await follow(first, asking, wire.clock, watch);
        return ended.outcome === "succeeded" ? { ...ended, identifier: first.identifier } : ended;
      },
      read: ({ Identifier }, onPause) => read(api, Identifier, onPause),
      // What Route 53 has taken on its lists show at once.
      readNew: ({ Identifier }, onPause) => read(api, Identifier, onPause),
      list: ({ parents = {} }) => list(api, parents),
    },
  };
}

/** A record set whose zone is gone is gone too. */
async function read(api: Route53, identifier: string, onPause: OnPause): Promise<Found | undefined> {
  const key = recordSetKeyOf(identifier);
  try {
    const zone = await zoneOf(api, key.zone);
    const set = await api.readSet(zone.id, key, onPause);
    return set && foundOf(set, zone);
  } catch (error) {
    const isGone = isResourceError(error) && ["NOT_FOUND", "PARENT_NOT_FOUND"].includes(error.code);
    if (isGone) return undefined;
    throw error;
  }
}

async function* list(api: Route53, parents: Props): AsyncGenerator<Found> {
  const { zone: named } = recordSetKeyIn(parents);
  if (named === "") {
    throw new ResourceError("VALIDATION", "a list of record sets takes HostedZoneId or HostedZoneName", {
      paths: ["/HostedZoneId"],
    });
  }
  const zone = await zoneOf(api, named);
  for await (const set of api.listSets(zone.id)) yield foundOf(set, zone);
}

async function zoneOf(api: Route53, zone: string): Promise<Zone> {
  const id = await api.zoneIdOf(zone);
  return { id, name: await api.zoneNameOf(id) };
}

/**
 * Sends a write. Route 53 knows no client tokens: a change that is refused after an earlier sending went unanswered
 * may have been made by that one, and has been where the zone holds what was asked.
 */
async function carry(
  api: Route53,
  write: Write,
  ...[sending, onPause, permit]: [sending: "first" | "again", onPause?: OnPause, permit?: () => void]
): Promise<Progress> {
  const key = keyOf(write);
  const zone = await zoneOf(api, key.zone);
  requireSameZone(write, zone);
  let isInDoubt = sending === "again";
  const notePause = (pause: Pause): void => {
    isInDoubt ||= !isRefusal(pause.error);
    onPause?.(pause);
  };
  for (let tries = 1; ; tries += 1) {
    const current =
      write.operation === "CreateResource" ? undefined : await api.readSet(zone.id, key, onPause);
    const batch = batchOf(write, current, zone);
    const { target, identifier, changes } = batch;
    // A patch that changes nothing at Route 53, such as one of the comment alone.
    if (target && current && isSameRecordSet(target, current)) return successOf(identifier);
    try {
      const Comment = commentOf(write);
      const ChangeBatch = { Changes: changes, ...(Comment !== undefined && { Comment }) };
      const going = { onPause: notePause, permit };
      return progressOf(await api.submit({ HostedZoneId: zone.id, ChangeBatch }, going), identifier);
    } catch (error) {
      if (!isResourceError(error) || !isRefusal(error)) throw error;
      if (isInDoubt && (await isThere(api, zone, batch))) return successOf(identifier);
      if (!isOutdated(error) || tries >= mostTries) throw error.at({ identifier });
    }
  }
}

/** Refuses a name that is not the zone's: that of another zone asks for another record set. */
function requireSameZone(write: Write, zone: Zone): void {
  const model = write.operation === "CreateResource" ? modelIn(write.input.DesiredState) : {};
  const asked = zoneNameIn(write) ?? model["HostedZoneName"];
  if (typeof asked !== "string" || zone.name === undefined || plainName(asked) === plainName(zone.name))
    return;
  const isCreate = write.operation === "CreateResource";
  throw new ResourceError(
    isCreate ? "VALIDATION" : "NOT_UPDATABLE",
    `the hosted zone ${zone.id} is named ${zone.name}, not ${asked}`,
    { paths: ["/HostedZoneName"] },
  );
}

/** Tells whether the zone shows what a change was to bring about. */
async function isThere(api: Route53, zone: Zone, { target }: Batch): Promise<boolean> {
  const there = target && (await api.readSet(zone.id, recordSetKeyIn(modelOf(target, zone))));
  return target !== undefined && there !== undefined && isSameRecordSet(target, there);
}

/** Tells whether Route 53 has certainly turned a request away. */
const isRefusal = ({ code }: ResourceError): boolean =>
  !["UNAVAILABLE", "UNREACHABLE", "ABORTED", "TIMEOUT"].includes(code);

function progressAt(
  requestToken: string | undefined,
  status: Progress["status"],
  identifier?: string,
): Progress {
  return { requestToken, identifier, status, errorCode: undefined, message: undefined, retryAt: undefined };
}

const successOf = (identifier: string): Progress => progressAt(undefined, "succeeded", identifier);

const progressOf = ({ id, isInSync }: SubmittedChange, identifier: string | undefined): Progress =>
  progressAt(tokenPrefix + id, isInSync ? "succeeded" : "running", identifier);
