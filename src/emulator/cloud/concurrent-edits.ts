import { noteOf } from "../../services/notes.ts";
import type { Cloud } from "./cloud.ts";
import type { PlannedFailure } from "./options.ts";
import { type Request, isRunning } from "./request.ts";

type Edit = Pick<Request, "type" | "identifier" | "wanted">;

const message =
  "Unable to complete operation due to concurrent modification. Please try again later. " +
  "(Service: ApiGateway, Status Code: 409)";

/** How a write ends that comes while another below the same API is under way; undefined where it may go on. */
export function refusedEdit(cloud: Cloud, edit: Edit): PlannedFailure | undefined {
  if (cloud.settings.concurrentEdits === "allow") return undefined;
  const api = apiOf(cloud, edit);
  if (api === undefined) return undefined;
  const isUnderWay = cloud
    .requests()
    .some((other) => isRunning(other) && other.planned?.message !== message && apiOf(cloud, other) === api);
  return isUnderWay ? { code: "ResourceConflict", message } : undefined;
}

/** What a write shares with those that it may not overlap. */
function apiOf(cloud: Cloud, { type, identifier, wanted }: Edit): string | undefined {
  const name = noteOf(type)?.sharedWrites;
  if (name === undefined) return undefined;
  const model = wanted ?? (identifier === undefined ? undefined : cloud.find(type, identifier)?.model);
  const value = model?.[name];
  return typeof value === "string" ? `${name} ${value}` : undefined;
}
