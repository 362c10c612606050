import type { Attempt } from "../../../src/cloudcontrol/perform.ts";
import { type Reply, answer, event, refuse, scripted } from "../wire/scripted.ts";
import { type Performed, controlAt, createOf, performing, tokensOf } from "./control.ts";

/** An answer: the operation goes on. */
export const running = (RequestToken: string): Reply =>
  event({ RequestToken, OperationStatus: "IN_PROGRESS" });
/** An answer: the operation has succeeded. */
export const succeeded = event({ RequestToken: "r9", OperationStatus: "SUCCESS", Identifier: "a" });
/** An answer: the operation has failed with a handler error code. */
export const failed = (ErrorCode: string, more: object = {}): Reply =>
  event({ RequestToken: "r1", OperationStatus: "FAILED", ErrorCode, StatusMessage: "m", ...more });
/** An answer: the resource is there. */
export const described = answer({ ResourceDescription: { Identifier: "a", Properties: "{}" } });
/** An answer: the resource is not there. */
export const missing = refuse("ResourceNotFoundException");

/** Performs a write against a script. */
export async function played(
  replies: readonly Reply[],
  writeOf = createOf,
  more: Partial<Attempt> = {},
): Promise<Performed & { calls: () => string[]; tokens: () => string[]; elapsed: () => number }> {
  const server = await scripted(...replies);
  const sight = controlAt(server.url);
  const before = sight.clock.now();
  return {
    ...performing(sight, (token) => writeOf(token), more),
    calls: () => server.requests.map(({ api }) => api.replace("GetResourceRequestStatus", "poll")),
    tokens: () => tokensOf(server.requests.map(({ body }) => body)),
    elapsed: () => sight.clock.now() - before,
  };
}
