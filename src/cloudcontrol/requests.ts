// The requests that writes have begun: how they go, which run, and how to cancel one.
// https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-manage-requests.html
import type { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { isResourceError } from "../errors.ts";
import type { ApiClient } from "../wire/client.ts";
import type { Clock } from "../wire/clock.ts";
import type { RequestSubject } from "../wire/observe.ts";
import type { Page } from "../wire/pages.ts";
import { makePoller } from "./poller.ts";
import { type Progress, progressOf } from "./protocol.ts";
import type { Timing } from "./timing.ts";
import type { Status, StatusReader } from "./wait.ts";

/** A way to Cloud Control, and its SDK client once that is loaded. */
export interface OpenedClient {
  readonly out: ApiClient;
  readonly load: () => Promise<CloudControlClient>;
}

type Sdk = typeof import("@aws-sdk/client-cloudcontrol");

let sdk: Promise<Sdk> | undefined;

/** Loaded at the first call, and once: under a loader's hooks each import() crosses to another thread and back. */
export const loadSdk = (): Promise<Sdk> => (sdk ??= import("@aws-sdk/client-cloudcontrol"));

/** What is known of a request, and what its answer says besides. */
export const subjectOf = (progress: Progress | undefined, known: RequestSubject): RequestSubject => ({
  ...known,
  identifier: progress?.identifier ?? known.identifier,
  requestToken: progress?.requestToken ?? known.requestToken,
});

/** Asks after the requests of one account and region, for everybody who follows one. */
export function askRequests(client: OpenedClient, clock: Clock, timing: Timing): StatusReader {
  const poll = pollBy(client);
  const perSecond = (): number | undefined => client.out.perSecond();
  const poller = makePoller({ clock, poll, list: listBy(client), perSecond });
  return { poll, cancel: cancelBy(client), poller, timing, perSecond };
}

function pollBy({ out, load }: OpenedClient): StatusReader["poll"] {
  return (RequestToken, signal) => {
    const ask = async (abortSignal: AbortSignal): Promise<Status> => {
      const { GetResourceRequestStatusCommand } = await loadSdk();
      const command = new GetResourceRequestStatusCommand({ RequestToken });
      const answer = await (await load()).send(command, { abortSignal });
      const progress = progressOf({ RequestToken, ...answer.ProgressEvent });
      return { progress, hooks: answer.HooksProgressEvent ?? [], type: answer.ProgressEvent?.TypeName };
    };
    return out.settle("GetResourceRequestStatus", ask, {
      signal,
      about: (status) => subjectOf(status?.progress, { requestToken: RequestToken, type: status?.type }),
    });
  };
}

/** A page of what runs, as many to a page as the service allows. */
function listBy({ out, load }: OpenedClient): (token: string | undefined) => Promise<Page<Progress>> {
  return (NextToken) => {
    const ask = async (abortSignal: AbortSignal): Promise<Page<Progress>> => {
      const { ListResourceRequestsCommand } = await loadSdk();
      const command = new ListResourceRequestsCommand({
        ResourceRequestStatusFilter: { OperationStatuses: ["PENDING", "IN_PROGRESS", "CANCEL_IN_PROGRESS"] },
        MaxResults: 100,
        NextToken,
      });
      const answer = await (await load()).send(command, { abortSignal });
      const events = answer.ResourceRequestStatusSummaries ?? [];
      const items = events.flatMap((event) => (event.RequestToken ? [progressOf(event)] : []));
      return { items, next: answer.NextToken };
    };
    // Each one can be asked for by its own token as well: only a throttle is worth waiting for.
    const given = new AbortController();
    return out.settle("ListResourceRequests", ask, {
      signal: given.signal,
      onPause: ({ error }) => {
        if (error.code !== "THROTTLED") given.abort(error);
      },
    });
  };
}

function cancelBy({ out, load }: OpenedClient): StatusReader["cancel"] {
  return async (RequestToken) => {
    const ask = async (abortSignal: AbortSignal): Promise<void> => {
      const { CancelResourceRequestCommand } = await loadSdk();
      await (await load()).send(new CancelResourceRequestCommand({ RequestToken }), { abortSignal });
    };
    try {
      await out.settle("CancelResourceRequest", ask, { about: () => ({ requestToken: RequestToken }) });
    } catch (error) {
      // An operation that has ended meanwhile, or that its caller may not cancel, is followed to its own end.
      if (!isResourceError(error)) throw error;
    }
  };
}
