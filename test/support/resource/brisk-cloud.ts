import { runAll } from "../../../src/app/run.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import type { Report } from "../../../src/events.ts";
import { type Cloud, cloud } from "../run.ts";
import { briskClock } from "../sweep/brisk-clock.ts";

/** A cloud whose runs wait for nothing. */
export type BriskCloud = Pick<Cloud, "events"> & {
  readonly deploy: (
    program: () => Promise<void>,
    options?: RunOptions & { readonly phase?: Report["phase"] },
  ) => Promise<Report>;
};

/** Starts one for one test. */
export async function briskCloud(): Promise<BriskCloud> {
  const { emulator, store, events } = await cloud();
  const given = { store, endpoint: emulator.url, schemas: "bundled", region: "us-east-1" } as const;
  const onEvent = (event: Cloud["events"][number]): void => void events.push(event);
  return {
    events,
    deploy: (program, { phase = "deploy", ...options } = {}) => {
      const settings = settingsOf("test", { ...given, onEvent, ...options }, {});
      return runAll({ ...settings, clock: briskClock() }, { phase }, program);
    },
  };
}
