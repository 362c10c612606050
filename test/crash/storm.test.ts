import { expect, test } from "vitest";
import { type Weather, weathered } from "../support/crash/storm.ts";
import { tell } from "../support/crash/tell.ts";

// `npm run sweep:kill` asks for 300.
const wanted = Number(process.env["AWAIT_AWS_STORMS"] ?? 12);
const abreast = 6;

test(
  "a deploy of 20 resources of whose calls a fifth fail ends converged or names what failed; the next one makes it exact",
  { timeout: 60_000 + wanted * 10_000 },
  async () => {
    const left = Array.from({ length: wanted }, (_, seed) => seed);
    const seen: Weather[] = [];
    const live = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) seen.push(await weathered(seed));
    };
    await Promise.all(Array.from({ length: abreast }, live));
    const faults = seen.reduce((sum, weather) => sum + weather.faults, 0);
    const converged = seen.filter((weather) => weather.converged).length;
    tell(`deploys: ${wanted}, converged at once: ${converged}, faults tried: ${faults}`);
    expect(faults).toBeGreaterThan(wanted * 10);
  },
);
