import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { reportPage } from "../../../src/report/page/page.ts";
import { pageOf, tools } from "../../support/report/pages.ts";
import { aDrift, aFailedDeploy, aHostileRun, aLargeDeploy, aPlan } from "../../support/report/runs.ts";

const runs = { aPlan, aFailedDeploy, aDrift, aLargeDeploy, aHostileRun };

describe.each(Object.entries(runs))("the page of %s", (_, run) => {
  const html = pageOf(run());

  test("is the same each time", () => {
    expect(pageOf(run())).toBe(html);
  });

  test("allows its own style and script, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(html)?.[1]
      ?.replaceAll("&#39;", "'");
    const hashes = ["style", "script"].map((tag) => {
      const texts = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(
        ([, text]) => text ?? "",
      );
      expect(texts).toHaveLength(1);
      return `${tag}-src 'sha256-${createHash("sha256")
        .update(texts[0] ?? "")
        .digest("base64")}'`;
    });
    expect(policy).toBe(
      ["default-src 'none'", ...hashes, "base-uri 'none'", "form-action 'none'"].join("; "),
    );
    expect(html).not.toMatch(/<[^>]* style=/);
  });

  test("weighs little, whatever is in it", () => {
    expect(html.length).toBeLessThan(1_500_000);
  });

  test("links to what is there, and gives no name twice", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    expect(html).not.toMatch(/href="[^#]/);
  });
});

test("a value of a megabyte is cut, and what was left out is said", () => {
  expect(pageOf(aHostileRun())).toMatch(/… and 1,0\d\d,\d{3} characters more/);
});

test("without Graphviz the page says so, and tells what uses what in words", () => {
  const html = reportPage(aPlan(), { hash: tools.hash });
  expect(html).toContain("npm i @viz-js/viz");
  expect(html).toMatch(/Uses <a href="#r\d">key<\/a>/);
  expect(html).not.toContain("<svg");
});
