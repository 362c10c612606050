import { type RequestListener, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { type RegistryOptions, openRegistry } from "../../../src/registry/registry.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import type { Where, Wire } from "../../../src/wire/client.ts";
import { systemClock } from "../../../src/wire/clock.ts";

/** A registry as one run has it, with what it asked and what it said. */
export interface Run {
  readonly facts: (type: string, typeVersionId?: string) => Promise<Facts>;
  readonly calls: readonly string[];
  readonly events: readonly string[];
}

/** Opens the registry of a new run. The clock's pauses are skipped; those of 5 s and more, the limits of patience, pass four times as fast. */
export function run(where: Where, options: Partial<RegistryOptions> = {}): Run {
  const calls: string[] = [];
  const events: string[] = [];
  const wire: Wire = { clock: hasty, concurrency: 100, onCall: (api) => calls.push(api) };
  const opened = openRegistry({ region: "us-east-1", ...where }, wire, {
    schemas: "live",
    cache: undefined,
    now: () => 0,
    onEvent: (message) => events.push(message),
    ...options,
  });
  return { calls, events, facts: (type, typeVersionId) => opened.facts(type, typeVersionId) };
}

const hasty: Wire["clock"] = {
  now: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms >= 5000 ? ms / 4 : 1, signal),
};

/** A type that no version of this package carries. */
export const probe: Facts = {
  type: "Acme::Monitor::Probe",
  primaryIdentifier: ["/Id"],
  readOnly: ["/Id"],
  writeOnly: ["/Token"],
  createOnly: ["/Name"],
  members: { properties: { Name: "string", Token: "string" } },
};

export async function emulated(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** Serves scripted answers on loopback; resolves with the URL. */
export async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // A TCP server has an address object once it listens.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
