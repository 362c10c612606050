import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { type Emulator, type IncomingCall, startEmulator } from "../../src/emulator/index.ts";
import type { Report } from "../../src/events.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";

const method = "AWS::ApiGateway::Method";

interface World {
  readonly emulator: Emulator;
  readonly run: (program: () => Promise<unknown>) => Promise<Report>;
}

/** A cloud on a clock that jumps; `before` hears of each call before it is answered. */
async function world(
  before: (call: IncomingCall, emulator: Emulator) => void = () => undefined,
): Promise<World> {
  const clock = briskClock();
  const emulator: Emulator = await startEmulator({
    operationMs: 400,
    now: () => clock.now(),
    faults: (call) => {
      before(call, emulator);
      return undefined;
    },
  });
  const settings = settingsOf(
    "many",
    { store: memoryStore(), endpoint: emulator.url, schemas: "bundled", region: "us-east-1" },
    {},
  );
  return { emulator, run: (program) => runAll({ ...settings, clock }, { phase: "deploy" }, program) };
}

/** Declares so many methods, and five responses in each, all of them at once. */
const program = (methods: number) => async (): Promise<void> => {
  const api = await AWS.ApiGateway.RestApi("api", { Name: "many" });
  const one = async (n: number): Promise<void> => {
    const resource = await AWS.ApiGateway.Resource(`r${n}`, {
      RestApiId: api,
      ParentId: api.RootResourceId,
      PathPart: `p${n}`,
    });
    const statuses = ["200", "400", "404", "409", "500"];
    const { HttpMethod } = await AWS.ApiGateway.Method(`m${n}`, {
      RestApiId: api,
      ResourceId: resource,
      HttpMethod: "GET",
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
      MethodResponses: statuses.map((StatusCode) => ({ StatusCode })),
    });
    const of = { RestApiId: api, ResourceId: resource, HttpMethod };
    await Promise.all(
      statuses.map((StatusCode) =>
        AWS.ApiGateway.IntegrationResponse(`i${n}-${StatusCode}`, {
          ...of,
          StatusCode,
          SelectionPattern: StatusCode,
        }),
      ),
    );
  };
  await Promise.all(Array.from({ length: methods }, (_, n) => one(n)));
};

/** The integration responses of every method, by status. */
const statusesIn = (emulator: Emulator): string[][] =>
  emulator.resources().flatMap(({ TypeName, Properties }) => {
    if (TypeName !== method) return [];
    const { Integration } = Properties as {
      Integration?: { IntegrationResponses?: { StatusCode: string }[] };
    };
    return [(Integration?.IntegrationResponses ?? []).map(({ StatusCode }) => StatusCode).toSorted()];
  });

const patchesOf = (emulator: Emulator): Map<string, number> => {
  const patches = new Map<string, number>();
  for (const { api, body } of emulator.calls) {
    const { Identifier } = body as { Identifier?: string };
    if (api === "UpdateResource" && Identifier) patches.set(Identifier, (patches.get(Identifier) ?? 0) + 1);
  }
  return patches;
};

test("200 responses over 40 methods, declared at once, end right with at most two patches a method, and cost no call after", async () => {
  const { emulator, run } = await world();
  try {
    const report = await run(program(40));
    expect(report.changes.filter(({ error }) => error)).toEqual([]);
    expect(statusesIn(emulator)).toEqual(
      Array.from({ length: 40 }, () => ["200", "400", "404", "409", "500"]),
    );
    expect(Math.max(...patchesOf(emulator).values())).toBeLessThanOrEqual(2);
    const calls = emulator.calls.length;
    await run(program(40));
    expect(emulator.calls).toHaveLength(calls);
  } finally {
    await emulator.close();
  }
});

test("an edit that another client makes meanwhile is kept, and costs one more patch", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), async (edits) => {
      let patches = 0;
      let made = 0;
      const { emulator, run } = await world(({ api, target }, cloud) => {
        if (api !== "UpdateResource" || target !== method) return;
        patches += 1;
        if (!edits.includes(patches)) return;
        made += 1;
        const status = `5${made}0`;
        const [only] = cloud.resources().filter(({ TypeName }) => TypeName === method);
        cloud.change(method, only?.Identifier ?? "", (now) => edited(now, status));
      });
      try {
        const report = await run(program(1));
        expect(report.changes.filter(({ error }) => error)).toEqual([]);
        const theirs = Array.from({ length: made }, (_, i) => `5${i + 1}0`);
        expect(statusesIn(emulator)).toEqual([["200", "400", "404", "409", "500", ...theirs].toSorted()]);
        expect(patches).toBeLessThanOrEqual(2 + made);
      } finally {
        await emulator.close();
      }
    }),
    { numRuns: 12 },
  );
});

/** The method with a response more, as another client would add it. */
function edited(now: object, StatusCode: string): never {
  const { Integration = {}, MethodResponses = [] } = now as {
    Integration?: { IntegrationResponses?: object[] };
    MethodResponses?: object[];
  };
  const { IntegrationResponses = [] } = Integration;
  return {
    ...now,
    MethodResponses: [...MethodResponses, { StatusCode }],
    Integration: {
      ...Integration,
      IntegrationResponses: [...IntegrationResponses, { StatusCode, SelectionPattern: StatusCode }],
    },
  } as never;
}
