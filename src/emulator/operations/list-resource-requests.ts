import { type Json, type Props, isList, isProps } from "../../json.ts";
import { pageOf } from "../cloud/page.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { invalid } from "../cloud/refusal.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Request, isRunning } from "../cloud/request.ts";
import type { Answer } from "./operation.ts";

/** Lists requests of the last seven days, the latest first, 20 a page unless told. */
export const listResourceRequests: Answer = (cloud, input) => {
  const { ResourceRequestStatusFilter: filter, MaxResults: size = 20, NextToken: token } = input;
  const found = cloud
    .requests()
    .toReversed()
    .flatMap((request) => seenLate(cloud, request) ?? [])
    .filter((request) => passes(request, isProps(filter) ? filter : {}));
  const page = pageOf(found, Number(size), typeof token === "string" ? token : undefined);
  if (!page) throw invalid("NextToken is not valid");
  return {
    ResourceRequestStatusSummaries: page.items.map((request) => progressEvent(cloud, request)),
    ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
  };
};

/** A request as the list shows it, which lags: undefined where it does not know of it yet. */
function seenLate({ settings }: Cloud, request: Request): Request | undefined {
  const { staleRequestsMs, now } = settings;
  if (staleRequestsMs === 0) return request;
  const at = now() - staleRequestsMs;
  if (request.startedAt > at) return undefined;
  if (isRunning(request) || request.dueAt <= at) return request;
  const { model: _, failure: __, ...running } = request;
  return { ...running, status: "IN_PROGRESS" };
}

function passes(request: Request, { Operations: operations, OperationStatuses: statuses }: Props): boolean {
  return admits(operations, request.operation) && admits(statuses, request.status);
}

const admits = (wanted: Json | undefined, value: string): boolean =>
  !isList(wanted) || wanted.includes(value);
