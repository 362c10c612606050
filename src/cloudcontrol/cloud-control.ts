import type { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Props } from "../json.ts";
import { type Line, type Where, type Wire, clientOptions, line } from "../wire/client.ts";
import { failureOf, isTokenConflict, requestTokenIn } from "../wire/failure.ts";
import type { Pause } from "../wire/retry.ts";
import { type Ended, type Found, type Progress, type Write, modelIn, progressOf } from "./protocol.ts";
import { type Status, type Watch, follow, patiently } from "./wait.ts";

/** Names a resource to Cloud Control. */
export interface Name {
  readonly TypeName: string;
  readonly Identifier: string;
  readonly TypeVersionId?: string;
  readonly RoleArn?: string;
}

/** Names a type, and the parents below which to list. */
export interface Listing {
  readonly TypeName: string;
  readonly TypeVersionId?: string;
  readonly RoleArn?: string;
  readonly parents?: Props;
}

type OnPause = (pause: Pause) => void;

/** Cloud Control of one region and one caller. */
export interface CloudControl {
  /** Sends a write and resolves once AWS has taken it on; a lost answer is asked for again with the same token. */
  send(write: Write, onPause?: OnPause): Promise<Progress>;
  /** Follows an operation, by its last event or its token, to its end. */
  follow(operation: Progress | string, watch?: Watch): Promise<Ended>;
  /** Reads a resource; undefined when it is not there. */
  read(name: Name, onPause?: OnPause): Promise<Found | undefined>;
  /** Reads a resource that a write just made, patient with reads that lag behind (pulumi-aws-native #1714). */
  readNew(name: Name, onPause?: OnPause): Promise<Found | undefined>;
  /** Lists resources page by page; the models may hold no more than the identifier. */
  list(listing: Listing): AsyncIterable<Found>;
  /** The region that the SDK's own chain settles on. */
  region(): Promise<string>;
  /** The account, where the credentials carry it: twelve digits. Asks nobody. */
  account(): Promise<string | undefined>;
}

/** Opens Cloud Control. The SDK is loaded by the first call, not before: an unchanged run needs none of it. */
export function cloudControl(where: Where, wire: Wire): CloudControl {
  const out: Line = line(wire);
  let loading: Promise<CloudControlClient> | undefined;
  const load = (): Promise<CloudControlClient> => (loading ??= open(where, wire));

  const poll = (RequestToken: string): Promise<Status> =>
    out.settle("GetResourceRequestStatus", async () => {
      const { GetResourceRequestStatusCommand } = await import("@aws-sdk/client-cloudcontrol");
      const answer = await (await load()).send(new GetResourceRequestStatusCommand({ RequestToken }));
      const progress = progressOf({ RequestToken, ...answer.ProgressEvent });
      return { progress, hooks: answer.HooksProgressEvent ?? [] };
    });

  const cancel = async (RequestToken: string): Promise<void> => {
    try {
      await out.settle("CancelResourceRequest", async () => {
        const { CancelResourceRequestCommand } = await import("@aws-sdk/client-cloudcontrol");
        await (await load()).send(new CancelResourceRequestCommand({ RequestToken }));
      });
    } catch (error) {
      // An operation that has ended meanwhile, or that its caller may not cancel, is followed to its own end.
      if (!isResourceError(error)) throw error;
    }
  };

  const readBy =
    (send: Line["send"]): CloudControl["read"] =>
    async (name, onPause) => {
      try {
        return await send("GetResource", async () => describe(await load(), name), onPause);
      } catch (error) {
        if (isResourceError(error) && error.code === "NOT_FOUND") return undefined;
        throw error;
      }
    };

  return {
    send: (write, onPause) =>
      sendOnce(() => out.send(write.operation, async () => put(await load(), write), onPause)),
    follow: (operation, watch) =>
      follow(
        typeof operation === "string" ? running(operation) : operation,
        { poll, cancel },
        wire.clock,
        watch,
      ),
    read: readBy(out.send),
    readNew: (name, onPause) => patiently(() => readBy(out.settle)(name, onPause), wire.clock),
    list: (listing) =>
      pages((token) => out.send("ListResources", async () => page(await load(), listing, token))),
    region: () => load().then(regionOf),
    account: () => load().then(accountOf),
  };
}

async function open(where: Where, wire: Wire): Promise<CloudControlClient> {
  const { CloudControlClient } = await import("@aws-sdk/client-cloudcontrol");
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

async function put(client: CloudControlClient, write: Write): Promise<Progress> {
  const sdk = await import("@aws-sdk/client-cloudcontrol");
  switch (write.operation) {
    case "CreateResource":
      return progressOf((await client.send(new sdk.CreateResourceCommand(write.input))).ProgressEvent);
    case "UpdateResource":
      return progressOf((await client.send(new sdk.UpdateResourceCommand(write.input))).ProgressEvent);
    case "DeleteResource":
      return progressOf((await client.send(new sdk.DeleteResourceCommand(write.input))).ProgressEvent);
  }
}

async function describe(client: CloudControlClient, name: Name): Promise<Found> {
  const { GetResourceCommand } = await import("@aws-sdk/client-cloudcontrol");
  const { ResourceDescription } = await client.send(new GetResourceCommand({ ...name }));
  if (!ResourceDescription) throw new ResourceError("UNAVAILABLE", "the answer describes no resource");
  return {
    identifier: ResourceDescription.Identifier ?? name.Identifier,
    live: modelIn(ResourceDescription.Properties),
  };
}

interface Page {
  readonly found: readonly Found[];
  readonly next: string | undefined;
}

async function page(
  client: CloudControlClient,
  listing: Listing,
  NextToken: string | undefined,
): Promise<Page> {
  const { ListResourcesCommand } = await import("@aws-sdk/client-cloudcontrol");
  const { parents, ...type } = listing;
  const ResourceModel = parents && Object.keys(parents).length > 0 ? JSON.stringify(parents) : undefined;
  const answer = await client.send(new ListResourcesCommand({ ...type, ResourceModel, NextToken }));
  const found = (answer.ResourceDescriptions ?? []).flatMap(({ Identifier, Properties }) =>
    Identifier === undefined ? [] : [{ identifier: Identifier, live: modelIn(Properties) }],
  );
  return { found, next: answer.NextToken };
}

async function* pages(fetch: (token: string | undefined) => Promise<Page>): AsyncGenerator<Found> {
  let next: string | undefined;
  do {
    const answer = await fetch(next);
    yield* answer.found;
    next = answer.next;
  } while (next);
}
