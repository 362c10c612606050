import { pageOf } from "../support/report/pages.ts";
import { aLargeDeploy } from "../support/report/runs.ts";

// How long the page of a thousand resources takes to make, Graphviz and a cold start included, and how much it weighs.
// The processor's time counts: the machine may be at other things as well.
for (const count of [60, 1_000]) {
  const before = process.cpuUsage();
  const text = pageOf(aLargeDeploy(count));
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${count} resources: ${(text.length / 1e6).toFixed(2)} MB in ${((user + system) / 1e6).toFixed(2)} s`,
  );
}
