import type { Wire } from "../wire/client.ts";
import { type Door, makeDoor } from "../wire/door.ts";
import type { Rate } from "../wire/rate.ts";
import type { EndedOperation } from "./protocol.ts";

/** How fast the services behind Cloud Control may be written to: each has a limit of its own, and its handlers tell. */
export interface Handlers {
  /** Waits until a write to a type may go out. */
  readonly enter: (type: string, turn?: { readonly isAgain: boolean }) => Promise<void>;
  /** Notes how an operation has ended that began at an instant (epoch ms). */
  readonly noteEnd: (work: string, ended: EndedOperation, begunAt: number) => void;
}

/** Paces the writes to each service by how many of its operations fail with Throttling. */
export function paceHandlers(
  { clock, signal }: Pick<Wire, "clock" | "signal">,
  rateOf: (service: string) => Rate,
): Handlers {
  const doors = new Map<string, Door>();
  const doorOf = (service: string): Door => {
    const door = doors.get(service) ?? makeDoor(() => Infinity, { clock, rate: rateOf(service) });
    doors.set(service, door);
    return door;
  };
  return {
    enter: async (type, turn) => {
      const door = doorOf(serviceOf(type));
      if (await door.enter({ isAgain: turn?.isAgain === true, signal })) door.leave();
    },
    noteEnd: (work, ended, begunAt) => {
      const rate = rateOf(serviceOf(work.split(" ")[1] ?? ""));
      const isThrottled = ended.outcome === "failed" && ended.error.code === "THROTTLED";
      if (isThrottled) rate.refuse(clock.now(), begunAt);
      else rate.accept(clock.now());
    },
  };
}

/** `AWS::SQS` of `AWS::SQS::Queue`. */
const serviceOf = (type: string): string => type.split("::").slice(0, 2).join("::");
