// How much too late the end of an operation is noticed, and what that costs, on a simulated clock: the same on every
// machine. `npx tsx test/bench/overshoot.ts`
import { type Overshoot, massOf, overshootOf } from "../support/cloudcontrol/overshoot.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
const row = (name: string, { median, p95, calls }: Overshoot): void =>
  say(`${name.padEnd(52)} ${percent(median)} ${percent(p95)} ${calls.toFixed(2).padStart(8)}`);

say(`${"operations of 0.2-60 s, one at a time".padEnd(52)}   median      p95    calls`);
const one = { types: 300, operations: 3 };
row("nothing known", await overshootOf({ ...one, spread: 0.2, history: 0 }));
for (const spread of [0, 0.1, 0.2]) {
  for (const history of [1, 3, 10, 30]) {
    const name = `within ${spread * 100} % of the usual, ${history} seen before`;
    row(name, await overshootOf({ ...one, spread, history }));
  }
}

say(`\n${"1,000 operations of 20 s, 20 ms a call".padEnd(52)}   median      p95    calls`);
const many = { count: 1_000, lastsMs: 20_000 };
const service = { latencyMs: 20 };
row("begun at once", await massOf({ ...many, apartMs: 0, service }));
row("300 a second", await massOf({ ...many, apartMs: 1_000 / 300, service }));
row("25 a second", await massOf({ ...many, apartMs: 40, service }));
row(
  "300 a second, lists lag by 1 s",
  await massOf({ ...many, apartMs: 3.3, service: { ...service, lagMs: 1_000 } }),
);
row(
  "300 a second, lists show nothing",
  await massOf({ ...many, apartMs: 3.3, service: { ...service, lagMs: Infinity } }),
);
row(
  "300 a second, by tokens alone",
  await massOf({ ...many, apartMs: 3.3, service: { ...service, more: { list: undefined } } }),
);
