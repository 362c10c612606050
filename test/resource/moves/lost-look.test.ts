import { expect, onTestFinished, test } from "vitest";
import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { movesOf } from "../../support/run.ts";
import { fakeClock } from "../../support/wire/fake-clock.ts";

type Fault = NonNullable<ReturnType<NonNullable<EmulatorOptions["faults"]>>>;

const lost: Readonly<Record<string, Fault>> = {
  throttled: { throttle: true },
  "dropped before they arrive": { dropBefore: true },
  "dropped after they arrived": { dropAfter: true },
  "answered with a page of a proxy": { html: 502 },
  "answered with 503": { html: 503 },
};

test.each(Object.entries(lost))(
  "while all looks at a name are %s nothing is made under it, and what a failing create then makes is the app's",
  async (_, fault) => {
    const clock = fakeClock();
    let hours: "lost" | "failing" | "calm" = "lost";
    const emulator = await startEmulator({
      operationMs: 1,
      now: () => clock.now(),
      faults: ({ api }) => {
        if (hours === "lost" && api === "GetResource") return fault;
        if (hours === "failing" && api === "CreateResource")
          return { failWith: { code: "NotStabilized", identifier: true, created: true } };
        return undefined;
      },
    });
    onTestFinished(() => emulator.close());
    const store = memoryStore();
    const deploy = async (): Promise<string[]> => {
      const settings = settingsOf("test", { store, endpoint: emulator.url, schemas: "bundled" }, {});
      const program = (): Promise<unknown> => AWS.Logs.LogGroup("it", { LogGroupName: "/ours" });
      return movesOf(await runAll({ ...settings, region: "us-east-1", clock }, { phase: "deploy" }, program));
    };
    expect(await deploy()).toEqual([expect.stringMatching(/^it: (THROTTLED|UNAVAILABLE|UNREACHABLE)$/)]);
    expect(emulator.resources()).toEqual([]);
    hours = "failing";
    await deploy();
    hours = "calm";
    expect(await deploy()).not.toContain("it: ALREADY_EXISTS");
    expect(await deploy()).toEqual(["it: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  },
);
