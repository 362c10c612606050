import type { Code, Kind } from "./errors.ts";
import type { Json, Pointer } from "./json.ts";

/** One RFC 6902 operation as sent to Cloud Control. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: Pointer; readonly value: Json }
  | { readonly op: "remove"; readonly path: Pointer }
  | { readonly op: "move" | "copy"; readonly from: Pointer; readonly path: Pointer };

/** What became, or would become, of one resource. */
export type Move = "nothing" | "create" | "adopt" | "update" | "replace" | "delete" | "forget";

/** Why a resource is replaced: the create-only path, what is there and what is asked. */
export interface Because {
  readonly path: Pointer;
  readonly from?: Json;
  readonly to?: Json;
}

/** How a change failed, safe to serialise. */
export interface Failure {
  readonly code: Code | "UNKNOWN";
  readonly kind: Kind | "unknown";
  readonly message: string;
  readonly advice: string;
}

/** One line of a report. Secrets in `patch` are masked. */
export interface Change {
  readonly id: string;
  readonly type: string;
  readonly move: Move;
  readonly identifier?: string;
  readonly patch?: readonly PatchOperation[];
  readonly because?: readonly Because[];
  readonly error?: Failure;
  readonly durationMs: number;
}

interface About {
  readonly id: string;
  readonly type: string;
}

/** Everything the library can say while it works. `name` is stable; payloads only grow. */
export type Event =
  | (About & { readonly name: "started"; readonly move: Move; readonly patch?: readonly PatchOperation[] })
  | (About & { readonly name: "progress"; readonly elapsedMs: number; readonly message?: string })
  | (About & {
      readonly name: "retry";
      readonly reason: string;
      readonly attempt: number;
      readonly waitMs: number;
    })
  | (About & { readonly name: "warning"; readonly message: string })
  | (About & { readonly name: "done"; readonly change: Change })
  | (About & { readonly name: "failed"; readonly change: Change })
  | { readonly name: "call"; readonly api: string }
  | { readonly name: "notice"; readonly message: string };

/** Receives events; what it throws is its own affair and never stops the run. */
export type Listener = (event: Event) => void;
