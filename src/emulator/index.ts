import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { noteOf } from "../services/notes.ts";
import { type ByHand, byHand } from "./by-hand.ts";
import { openCloud } from "./cloud/cloud.ts";
import { type Call, type EmulatorOptions, settingsOf } from "./cloud/options.ts";
import { settle } from "./cloud/settle.ts";
import { serverOf } from "./server.ts";

export { faultsByRule } from "./faults.ts";
export type { ByHand, Seen } from "./by-hand.ts";
export type {
  Call,
  EmulatorOptions,
  Fault,
  FaultRule,
  IncomingCall,
  Operation,
  PlannedFailure,
} from "./cloud/options.ts";

/** Parts of other resources have facts, but Cloud Control has never heard of them. */
const servedFacts = (type: string): Facts | undefined =>
  noteOf(type)?.part ? undefined : bundledFacts(type);

/** A running emulator of Cloud Control, API Gateway (V1 and V2), DescribeType and STS. */
export interface Emulator extends ByHand {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL or a client's `endpoint`. */
  readonly url: string;
  readonly port: number;
  /** Every call that has arrived, oldest first; it grows while the emulator runs. */
  readonly calls: readonly Call[];
  /** Ends every connection, also the idle ones, and stops listening. */
  readonly close: () => Promise<void>;
}

/**
 * Starts an emulated cloud on 127.0.0.1, empty or as its data file has it, and resolves once it listens.
 * Nothing is verified but the presence of a signature; everything else is as strict as the service.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const cloud = openCloud(settingsOf(options, servedFacts));
  const calls: Call[] = [];
  const server = serverOf({ cloud, calls, counts: new Map(), faults: options.faults ?? (() => undefined) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    calls,
    ...byHand(cloud),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          settle(cloud);
          cloud.keep();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
