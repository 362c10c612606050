import { planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

// Run it: npx tsx test/bench/diff.ts. It prints, for models of 25 to 200 KB, how long a plan takes and how much
// longer than for half the size: about 2 is linear. A plan of 200 KB is meant to stay below 20 ms.

const facts: Facts = {
  readOnly: ["/Arn", "/Rules/*/Id"],
  writeOnly: ["/Rules/*/Secret"],
  createOnly: ["/Name"],
  unordered: ["/Rules", "/Rules/*/Ports"],
  tags: { path: "/Tags", shape: "array", key: "Key" },
  exclusive: [["/Rules/*/Text", "/Rules/*/Base64"]],
  invalidWhenEmpty: ["/Rules/*/Empty"],
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function modelOf(kilobytes: number): Props {
  const rules = numbers(kilobytes * 4).map((i) => ({
    Name: `rule-${i}`,
    Ports: [i, i + 1, i + 2],
    Match: { Field: `field-${i % 7}`, Text: "x".repeat(40) },
    Secret: `secret-${i}`,
  }));
  const map = Object.fromEntries(
    numbers(kilobytes * 4).map((i) => [`key/${i}`, `value ${i} ${"y".repeat(20)}`]),
  );
  return { Name: "n", Rules: rules, Map: map, Tags: numbers(50).map((i) => ({ Key: `k${i}`, Value: "v" })) };
}

/** As a read shows it: ids and defaults added, secrets left out, unordered lists turned round. */
function liveOf(model: Props): Props {
  const { Rules: rules = [] } = model;
  const shown = Array.isArray(rules) ? rules : [];
  const turned = shown.toReversed().map((rule: Record<string, Json>, i) => {
    const { Secret: _, ...rest } = rule;
    return { ...rest, Id: `id-${i}` };
  });
  return { ...model, Arn: "arn", Rules: turned, Default: true };
}

const scenarios: Record<string, (model: Props) => Parameters<typeof planChange>[0]> = {
  "nothing changes": (model) => ({
    facts,
    prior: { desired: model, live: liveOf(model) },
    live: liveOf(model),
    desired: model,
  }),
  "one value changes": (model) => ({
    facts,
    prior: { desired: model },
    live: liveOf(model),
    desired: { ...model, Map: { ...Object(model["Map"]), new: "n" } },
  }),
  "everything is adopted": (model) => ({ facts, live: { Name: "n", Map: {} }, desired: model, adopt: true }),
};

function millisecondsOf(act: () => unknown): number {
  const runs = numbers(15).map(() => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return runs.toSorted((a, b) => a - b)[7] ?? 0;
}

for (const [name, input] of Object.entries(scenarios)) {
  let before = Number.NaN;
  for (const kilobytes of [25, 50, 100, 200]) {
    const model = modelOf(Math.round(kilobytes * 1.38));
    const size = Math.round(JSON.stringify(model).length / 1024);
    const given = input(model);
    const took = millisecondsOf(() => planChange(given));
    const { move } = planChange(given);
    console.log(`${name} (${move}): ${size} KB in ${took.toFixed(1)} ms, x${(took / before).toFixed(1)}`);
    before = took;
  }
}
