import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { noteOf } from "../services/notes.ts";
import { type ByHand, byHand } from "./by-hand.ts";
import { type Clouds, openClouds } from "./cloud/clouds.ts";
import { requireKnownOptions } from "../known-options.ts";
import { type Call, type EmulatorOptions, emulatorOptionNames, settingsOf } from "./cloud/options.ts";
import type { Realm } from "./cloud/realm.ts";
import { settle } from "./cloud/settle.ts";
import { serverOf } from "./server.ts";

export { faultsByRule } from "./faults.ts";
export type { HostileHabit, HostileOptions } from "./hostile/options.ts";
export type { ByHand, SeenResource } from "./by-hand.ts";
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

const homeOf = ({ home: { settings } }: Clouds): Realm => ({
  account: settings.account,
  region: settings.region,
});

/** A running emulator of Cloud Control, API Gateway (V1 and V2), DescribeType and STS. */
export interface Emulator extends ByHand {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL or a client's `endpoint`. */
  readonly url: string;
  readonly port: number;
  /** Every call that has arrived, oldest first; it grows while the emulator runs. */
  readonly calls: readonly Call[];
  /** The same by hand in another region or account; `resources` tells of all of them. */
  readonly at: (realm: Partial<Realm>) => ByHand;
  /** Ends every connection, also the idle ones, and stops listening. */
  readonly close: () => Promise<void>;
}

/**
 * Starts an emulated cloud on 127.0.0.1, empty or as its data file has it, and resolves once it listens.
 * An option that does not exist is a UsageError with the nearest name. Nothing is verified but the presence of a signature; everything else is as strict as the service.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  requireKnownOptions("startEmulator()", options, emulatorOptionNames);
  const clouds = openClouds(settingsOf(options, servedFacts));
  const calls: Call[] = [];
  const server = serverOf({ clouds, calls, counts: new Map(), faults: options.faults ?? (() => undefined) });
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
    ...byHand(clouds.home),
    resources: () => clouds.all().flatMap((cloud) => byHand(cloud).resources()),
    at: (realm) => byHand(clouds.at({ ...homeOf(clouds), ...realm })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          for (const cloud of clouds.all()) {
            settle(cloud);
            cloud.keep();
          }
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
