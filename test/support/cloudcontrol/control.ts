import { onTestFinished } from "vitest";
import { type CloudControl, cloudControl } from "../../../src/cloudcontrol/cloud-control.ts";
import type { Attempt } from "../../../src/cloudcontrol/perform.ts";
import { type EndedOperation, type Write } from "../../../src/cloudcontrol/protocol.ts";
import { perform } from "../../../src/cloudcontrol/perform.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Wire } from "../../../src/wire/client.ts";
import { facts } from "../emulator/demo-facts.ts";
import { type FakeClock, fakeClock } from "../wire/fake-clock.ts";

/** Cloud Control as the library sees it, on a clock that jumps. */
export interface Sight {
  readonly control: CloudControl;
  readonly clock: FakeClock;
}

/** Opens Cloud Control at an endpoint. */
export function controlAt(endpoint: string, more: Partial<Wire> = {}): Sight {
  const clock = fakeClock();
  const wire: Wire = { clock, concurrency: 10, ...more };
  return { control: cloudControl({ region: "us-east-1", endpoint }, wire), clock };
}

/** The same with an emulator that lives by the same clock; operations last a second of it. */
export async function emulated(options: EmulatorOptions = {}): Promise<Sight & { emulator: Emulator }> {
  const clock = fakeClock();
  const emulator = await startEmulator({ facts, operationMs: 1000, now: () => clock.now(), ...options });
  onTestFinished(() => emulator.close());
  return { ...controlAt(emulator.url, { clock }), clock, emulator };
}

/** The APIs called so far, in order, without the polls. */
export const callsOf = (emulator: Emulator): string[] =>
  emulator.calls.map(({ api }) => api).filter((api) => api !== "GetResourceRequestStatus");

/** Client tokens sent so far, in order. */
export const tokensOf = (bodies: readonly unknown[]): string[] =>
  bodies.flatMap((body) => {
    const token = (body as { ClientToken?: string }).ClientToken;
    return token === undefined ? [] : [token];
  });

export const TypeName = "AWS::Demo::Named";

/** A create of `name` under a client token. */
export const createOf = (ClientToken: string, name = "a", type = TypeName): Write => ({
  operation: "CreateResource",
  input: {
    TypeName: type,
    ClientToken,
    DesiredState: JSON.stringify(type === TypeName ? { Name: name } : {}),
  },
});

/** A change of `a` under a client token. */
export const updateOf = (ClientToken: string): Write => ({
  operation: "UpdateResource",
  input: {
    TypeName,
    ClientToken,
    Identifier: "a",
    PatchDocument: '[{"op":"add","path":"/Notes","value":"n"}]',
  },
});

/** A delete of `a` under a client token. */
export const deleteOf = (ClientToken: string): Write => ({
  operation: "DeleteResource",
  input: { TypeName, ClientToken, Identifier: "a" },
});

/** What a performed write told on its way. */
export interface Performed {
  readonly ended: () => Promise<EndedOperation>;
  /** `prepare 1`, `accepted <token>`, `pause BUSY`, in order. */
  readonly told: string[];
}

/** Performs a write, prepared under the client tokens `t1`, `t2`, …. */
export function performing(
  { control, clock }: Sight,
  writeOf: (token: string) => Write,
  more: Partial<Attempt> = {},
): Performed {
  const told: string[] = [];
  let prepared = 0;
  const attempt: Attempt = {
    type: TypeName,
    prepare: async () => {
      prepared += 1;
      told.push(`prepare t${prepared}`);
      return writeOf(`t${prepared}`);
    },
    accepted: async (token) => {
      told.push(token.length === 36 ? "accepted" : `accepted ${token}`);
    },
    watch: {},
    onPause: ({ error }) => told.push(`pause ${error.code}`),
    ...more,
  };
  return { told, ended: () => perform(control, clock, attempt) };
}
