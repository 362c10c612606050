import type { Fault } from "../../../src/emulator/index.ts";
import { type Desk, openDesk } from "./desk.ts";

export type { Fault, IncomingCall } from "../../../src/emulator/index.ts";

/** A desk where the first CreateResource goes wrong, and nothing else. */
export const openFaulty = (fault: Fault): Promise<Desk> =>
  openDesk({
    faults: ({ api, count }) => (api === "CreateResource" && count === 1 ? fault : undefined),
  });
