import { UsageError } from "../../errors.ts";
import type { Trace } from "../../events.ts";
import { nearest } from "../../nearest.ts";

/** The channels of `AWAIT_AWS_DEBUG`, and the event that each asks for. */
const channels: Readonly<Record<string, Trace["name"]>> = {
  wire: "request",
  decide: "decision",
  state: "record",
};

/** Reads `AWAIT_AWS_DEBUG`: names of channels with commas between; one that does not exist is a UsageError. */
export function tracesAskedIn(text: string | undefined): ReadonlySet<Trace["name"]> {
  const names = (text ?? "").split(",").map((name) => name.trim());
  return new Set(names.filter((name) => name !== "").map(traceOf));
}

function traceOf(name: string): Trace["name"] {
  const trace = Object.hasOwn(channels, name) ? channels[name] : undefined;
  if (trace !== undefined) return trace;
  const near = nearest(name, Object.keys(channels));
  const hint =
    near === undefined ? `; there are ${Object.keys(channels).join(", ")}` : `, did you mean ${near}?`;
  throw new UsageError(`AWAIT_AWS_DEBUG has no channel ${JSON.stringify(name)}${hint}`);
}
