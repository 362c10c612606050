import type { EmulatorOptions } from "../../../src/emulator/index.ts";

type Faults = NonNullable<EmulatorOptions["faults"]>;
type Fault = NonNullable<ReturnType<Faults>>;

/** How often a call meets a fault. */
const share = 0.2;

const writes: readonly string[] = ["CreateResource", "UpdateResource", "DeleteResource"];

const handlerCodes = [
  "Throttling",
  "ServiceInternalError",
  "NetworkFailure",
  "ResourceConflict",
  "NotStabilized",
];

const anywhere: readonly Fault[] = [
  { throttle: true },
  { dropBefore: true },
  { dropAfter: true },
  { html: 502 },
  { delayMs: 5 },
];

const failures: readonly Fault[] = handlerCodes.map((code) => ({ failWith: { code } }));
const halves = handlerCodes.map((code) => ({ code, identifier: true, created: true }));
const userNamed: readonly string[] = ["AWS::Logs::LogGroup", "AWS::IAM::Role", "AWS::ApiGatewayV2::Stage"];

/** Faults as `draw` (numbers from 0 to 1) has them fall: a fifth of all calls meets one, of any kind. */
export function badLuck(draw: () => number): Faults {
  return ({ api, target }) => {
    if (draw() >= share) return undefined;
    const possible = writes.includes(api) ? [...anywhere, ...inWrites(api, target)] : anywhere;
    return possible[Math.floor(draw() * possible.length)];
  };
}

/** What may go wrong with a write to a type. */
function inWrites(api: string, target: string | undefined): readonly Fault[] {
  // A conflict that made what it complains of cannot be told from one about somebody else's resource of that name.
  const isNamed = api === "CreateResource" && userNamed.includes(target ?? "");
  const left = isNamed ? halves.filter(({ code }) => code !== "ResourceConflict") : halves;
  return [...failures, ...left.map((failWith) => ({ failWith }))];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
