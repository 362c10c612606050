import type { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Props } from "../json.ts";
import { requireUnstopped } from "../wire/answer.ts";
import { type ApiClient, type Where, type Wire, clientOptions, openApiClient } from "../wire/client.ts";
import { failureOf, isTokenConflict, requestTokenIn } from "../wire/failure.ts";
import type { RequestSubject } from "../wire/observe.ts";
import { type Learned, learnFrom } from "./learned.ts";
import { paceHandlers } from "./handlers.ts";
import { type OpenedClient, askRequests, loadSdk, subjectOf } from "./requests.ts";
import { type Page, itemsOf } from "../wire/pages.ts";
import type { Pause } from "../wire/retry.ts";
import {
  type EndedOperation,
  type Found,
  type Progress,
  type Write,
  modelIn,
  progressOf,
} from "./protocol.ts";
import { readNews } from "./news.ts";
import { type Watch, follow } from "./wait.ts";

/** Names a resource to Cloud Control. */
export interface Name {
  readonly TypeName: string;
  readonly Identifier: string;
  readonly TypeVersionId?: string;
  readonly RoleArn?: string;
  /** Gives the reading up. */
  readonly signal?: AbortSignal;
}

/** Names a resource that is new. */
export interface NewName extends Name {
  /** A create that failed has named it: it may never have come to be. */
  readonly isClaimed?: true;
}

/** Names a type, and the parents below which to list. */
export interface ListQuery {
  readonly TypeName: string;
  readonly TypeVersionId?: string;
  readonly RoleArn?: string;
  readonly parents?: Props;
  /** Ends the list. */
  readonly signal?: AbortSignal;
}

/** How a write waits for its turn. */
export interface SendTurn {
  readonly isAgain: boolean;
  readonly onStep?: ((step: "queued" | "sent") => void) | undefined;
}

type OnPause = (pause: Pause) => void;

/** Cloud Control of one region and one caller. */
export interface CloudControl {
  /**
   * Sends a write and resolves once AWS has taken it on; a lost answer is asked for again with the same token. `permit`
   * is asked right before each time that it goes out, and may throw. One that is made anew after a failed operation goes
   * before those that wait for their first turn. `onStep` is told when it waits for the pace, and when it goes out.
   */
  send(write: Write, onPause?: OnPause, permit?: () => void, turn?: SendTurn): Promise<Progress>;
  /**
   * Sends a write once more that an earlier process may have sent. Its client token tells the service so; one that
   * knows none takes what is there as asked for the earlier sending's doing.
   */
  resend(write: Write, onPause?: OnPause, permit?: () => void): Promise<Progress>;
  /** Follows an operation, by its last event or its token, to its end. */
  follow(operation: Progress | string, watch?: Watch): Promise<EndedOperation>;
  /** Reads a resource; undefined when it is not there. */
  read(name: Name, onPause?: OnPause): Promise<Found | undefined>;
  /** Reads a resource that a write just made, patient with reads that lag behind (pulumi-aws-native #1714); `onMiss` is told once that the first did. */
  readNew(name: NewName, onPause?: OnPause, onMiss?: () => Promise<void>): Promise<Found | undefined>;
  /** Lists resources page by page; the models may hold no more than the identifier. */
  list(listing: ListQuery): AsyncIterable<Found>;
  /** The region that the SDK's own chain settles on. */
  region(): Promise<string>;
  /** The account, where the credentials carry it: twelve digits. Asks nobody. */
  account(): Promise<string | undefined>;
}

/**
 * Opens Cloud Control. The SDK is loaded by the first call, not before: an unchanged run needs none of it. `learned`
 * tells when operations are worth asking for and how fast that may be, and is told.
 */
export function cloudControl(
  where: Where,
  wire: Wire,
  learned: Learned = learnFrom(undefined, wire.clock.now()),
): CloudControl {
  const out: ApiClient = openApiClient(wire, learned.rateOf(""));
  let loading: Promise<CloudControlClient> | undefined;
  const load = (): Promise<CloudControlClient> => (loading ??= open(where, wire));

  const news = readNews(wire.clock);
  const handlers = paceHandlers(wire, learned.rateOf);
  const asking = { ...askRequests({ out, load }, wire.clock, learned.timing), noteEnd: handlers.noteEnd };
  const readBy =
    (send: ApiClient["send"]): CloudControl["read"] =>
    async ({ signal, ...name }, onPause) => {
      try {
        const ask = async (cut: AbortSignal): Promise<Found> => describe(await load(), name, cut);
        const { TypeName: type, Identifier: identifier } = name;
        return await send("GetResource", ask, { onPause, signal, about: () => ({ type, identifier }) });
      } catch (error) {
        if (isResourceError(error) && error.code === "NOT_FOUND") return undefined;
        throw error;
      }
    };

  const sendNow = sendBy(out, load);
  const send: CloudControl["send"] = async (write, onPause, permit, turn) => {
    turn?.onStep?.("queued");
    await handlers.enter(write.input.TypeName, turn);
    return sendNow(write, onPause, permit, turn);
  };
  return {
    send,
    resend: send,
    follow: (operation, watch) =>
      follow(typeof operation === "string" ? running(operation) : operation, asking, wire.clock, watch),
    read: readBy(out.send),
    readNew: ({ isClaimed, ...name }, onPause, onMiss) => {
      const read = (): Promise<Found | undefined> => readBy(out.settle)(name, onPause);
      return isClaimed ? news.readClaimed(name.TypeName, read) : news.read(name.TypeName, read, onMiss);
    },
    list: (listing) => listResources(listing, { wire, out, load }),
    region: () => out.local("region", () => load().then(regionOf)),
    account: () => out.local("credentials", () => load().then(accountOf)),
  };
}

function listResources(
  { signal, ...listing }: ListQuery,
  { wire, out, load }: OpenedClient & { readonly wire: Wire },
): AsyncIterable<Found> {
  const fetch = async (token: string | undefined): Promise<Page<Found>> => {
    requireUnstopped(wire.signal, signal);
    const ask = async (cut: AbortSignal): Promise<Page<Found>> =>
      page(await load(), { ...listing, token }, cut);
    return out.send("ListResources", ask, { signal, about: () => ({ type: listing.TypeName }) });
  };
  return itemsOf({ fetch, keyOf: ({ identifier }) => identifier });
}

function sendBy(out: ApiClient, load: () => Promise<CloudControlClient>): CloudControl["send"] {
  return async (write, onPause, permit, turn) => {
    // Once before it counts as a request, and once more when its turn has come.
    permit?.();
    const request = async (cut: AbortSignal): Promise<Progress> => {
      const client = await load();
      permit?.();
      turn?.onStep?.("sent");
      return put(client, write, cut);
    };
    const { TypeName: type, ClientToken: clientToken } = write.input;
    const identifier = write.operation === "CreateResource" ? undefined : write.input.Identifier;
    const about = (progress?: Progress): RequestSubject =>
      subjectOf(progress, { type, identifier, clientToken });
    return sendOnce(() => out.write(write.operation, request, { onPause, about }));
  };
}

async function open(where: Where, wire: Wire): Promise<CloudControlClient> {
  const { CloudControlClient } = await loadSdk();
  return new CloudControlClient(clientOptions(where, wire));
}

async function regionOf(client: CloudControlClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    throw failureOf(error);
  }
}

async function accountOf(client: CloudControlClient): Promise<string | undefined> {
  try {
    return (await client.config.credentials()).accountId;
  } catch (error) {
    throw failureOf(error);
  }
}

/** A resent write may meet its own first arrival: the refusal then names the operation, which is ours to follow (carina #1516). */
async function sendOnce(send: () => Promise<Progress>): Promise<Progress> {
  try {
    return await send();
  } catch (error) {
    const token = isTokenConflict(error) ? requestTokenIn(error.what) : undefined;
    if (token === undefined) throw error;
    return running(token);
  }
}

const running = (RequestToken: string): Progress => progressOf({ RequestToken });

async function put(client: CloudControlClient, write: Write, abortSignal: AbortSignal): Promise<Progress> {
  const { CreateResourceCommand, UpdateResourceCommand, DeleteResourceCommand } = await loadSdk();
  const cut = { abortSignal };
  switch (write.operation) {
    case "CreateResource":
      return progressOf((await client.send(new CreateResourceCommand(write.input), cut)).ProgressEvent);
    case "UpdateResource":
      return progressOf((await client.send(new UpdateResourceCommand(write.input), cut)).ProgressEvent);
    case "DeleteResource":
      return progressOf((await client.send(new DeleteResourceCommand(write.input), cut)).ProgressEvent);
  }
}

async function describe(
  client: CloudControlClient,
  name: Omit<Name, "signal">,
  abortSignal: AbortSignal,
): Promise<Found> {
  const { GetResourceCommand } = await loadSdk();
  const { ResourceDescription } = await client.send(new GetResourceCommand(name), { abortSignal });
  if (!ResourceDescription) throw new ResourceError("UNAVAILABLE", "the answer describes no resource");
  return {
    identifier: ResourceDescription.Identifier ?? name.Identifier,
    live: modelIn(ResourceDescription.Properties),
  };
}

async function page(
  client: CloudControlClient,
  { parents, token: NextToken, ...type }: Omit<ListQuery, "signal"> & { readonly token: string | undefined },
  abortSignal: AbortSignal,
): Promise<Page<Found>> {
  const { ListResourcesCommand } = await loadSdk();
  const ResourceModel = parents && Object.keys(parents).length > 0 ? JSON.stringify(parents) : undefined;
  const command = new ListResourcesCommand({ ...type, ResourceModel, NextToken });
  const answer = await client.send(command, { abortSignal });
  const items = (answer.ResourceDescriptions ?? []).flatMap(({ Identifier, Properties }) =>
    Identifier === undefined ? [] : [{ identifier: Identifier, live: modelIn(Properties) }],
  );
  return { items, next: answer.NextToken };
}
