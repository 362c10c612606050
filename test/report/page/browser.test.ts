import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { graphOfReport } from "../../../src/report/graph/graph.ts";
import { graphPage } from "../../../src/report/page/page.ts";
import { spellLine } from "../../../src/report/page/values.ts";
import { chromiumPath, inBrowser } from "../../support/report/browser.ts";
import { hostileNames } from "../../support/report/hostile-names.ts";
import { pageOf, tools } from "../../support/report/pages.ts";
import { aDrift, aFailedDeploy, aHostileRun, aLargeDeploy, aPlan } from "../../support/report/runs.ts";

if (chromiumPath === undefined)
  console.log("skipped: the pages need Chromium to be tried (apt-get install chromium, or CHROMIUM=/path)");

const pages = {
  plan: pageOf(aPlan()),
  "failed-deploy": pageOf(aFailedDeploy()),
  drift: pageOf(aDrift()),
  "large-deploy": pageOf(aLargeDeploy()),
  graph: graphPage(graphOfReport(aPlan()), tools),
  hostile: pageOf(aHostileRun()),
};

/** Opens everything that can be. */
const openAll = (page: Page): Promise<void> =>
  page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  const open = inBrowser();

  test.each(Object.entries(pages))(
    "the page of a %s errs nowhere, asks for nothing and fits its window",
    async (name, html) => {
      const { page, faults, requests, shoot } = await open(html);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 1000 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await shoot(`${name}-${width}`);
      }
      expect({ faults, requests }).toEqual({ faults: [], requests: [] });
    },
  );

  test("a plan shows what would be done, with every difference", async () => {
    const { page, shoot } = await open(pages.plan, { colorScheme: "dark" });
    await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toBe("Plan of shop (prod)");
    expect(await page.getByRole("list", { name: "Counts" }).getByRole("listitem").allInnerTexts()).toEqual([
      "1 replace",
      "1 delete",
      "1 update",
      "1 adopt",
      "1 create",
      "1 forget",
      "1 unchanged",
    ]);
    const table = page.locator("details.change", {
      has: page.getByText("AWS::DynamoDB::Table", { exact: true }),
    });
    await expect.poll(() => table.locator("del").innerText()).toBe('− "old"');
    await expect.poll(() => table.locator("ins").innerText()).toBe('+ "new"');
    expect(await table.getByText("forces replacement").isVisible()).toBe(true);
    const policy = page.locator("details.change", { has: page.getByText("AWS::IAM::Role", { exact: true }) });
    // A policy is told by its lines: the one that changes, and some around it.
    expect(await policy.locator("del").allInnerTexts()).toEqual(['−         "s3:GetObject",']);
    expect(await page.getByText("what it holds is lost").isVisible()).toBe(true);
    await shoot("plan-dark");
  });

  test("a box of the graph leads to what is told of its resource", async () => {
    const { page } = await open(pages.plan);
    const graph = page.getByRole("group", { name: "7 resources of shop (prod) and what they use" });
    await expect.poll(() => graph.getByRole("link").count()).toBe(7);
    await page.locator("details.change[open]").evaluateAll((all) => {
      for (const one of all) one.removeAttribute("open");
    });
    await graph.getByRole("link", { name: /^table AWS::DynamoDB::Table/ }).click();
    expect(await page.getByText("forces replacement").isVisible()).toBe(true);
  });

  test("a failed deploy shows why, and what decided how long it took", async () => {
    const { page, shoot } = await open(pages["failed-deploy"]);
    const failures = page.getByRole("region", { name: "Failures (9)" });
    await expect
      .poll(() => failures.getByText("User is not authorized to perform: sqs:CreateQueue.").count())
      .toBe(1);
    expect(await failures.getByText("Give the role sqs:CreateQueue.").isVisible()).toBe(true);
    const path = page.getByRole("list", { name: "Critical path" }).getByRole("listitem");
    expect(await path.allInnerTexts()).toEqual([
      "key AWS::KMS::Key 4.0 s, most of it under way at AWS 3.7 s",
      "table AWS::DynamoDB::Table 26.0 s, most of it under way at AWS 21.3 s uses key",
      "q-57 AWS::SQS::Queue 11.0 s, most of it under way at AWS 9.8 s uses table",
    ]);
    const lanes = page.getByRole("list", { name: "Time line", exact: true }).getByRole("listitem");
    await expect.poll(() => lanes.count()).toBe(60);
    const table = lanes.filter({ has: page.getByRole("link", { name: "table", exact: true }) });
    await expect.poll(() => table.innerText()).toBe("table\n26.0 s, 1 × THROTTLED");
    expect(
      await table
        .getByRole("img", { name: "pause before another try 4.0 s (THROTTLED: Rate exceeded)" })
        .count(),
    ).toBe(1);
    expect(await table.locator("title").textContent()).toBe(
      "waiting for what it uses 4.0 s (key), sent 0.3 s, pause before another try 4.0 s (THROTTLED: Rate exceeded), under way at AWS 21.3 s",
    );
    expect(await page.locator(".lane.lit a").allInnerTexts()).toEqual(["key", "table", "q-57"]);
    const wishes = page.getByRole("list", { name: "To be faster" }).getByRole("listitem");
    expect((await wishes.allInnerTexts())[0]).toBe(
      "AWS worked on table for 21.3 s: the run is shorter only where less waits for it.",
    );
    await page.locator("#times").scrollIntoViewIfNeeded();
    await shoot("failed-deploy-time");
  });

  test("a drift shows what was asked for and what is there", async () => {
    const { page } = await open(pages.drift);
    const changes = page.getByRole("region", { name: "Changes" });
    expect(await changes.locator("details.change .word").allInnerTexts()).toEqual([
      "missing",
      "drifted",
      "not comparable",
    ]);
    await expect.poll(() => changes.locator("ins").innerText()).toBe("+ 900");
    expect(await changes.getByText("its type cannot be read").isVisible()).toBe(true);
  });

  test("a thousand resources are drawn service by service, and found by a word", async () => {
    const { page, shoot } = await open(pages["large-deploy"]);
    const services = page.getByRole("group", { name: "1000 resources of shop (prod) by service" });
    await expect.poll(() => services.getByRole("link").count()).toBe(7);
    await services.getByRole("link", { name: /^Lambda/ }).click();
    const lambda = page.getByRole("group", { name: /^143 resources of Lambda/ });
    await expect.poll(() => lambda.getByRole("link").count()).toBe(155);
    await shoot("large-deploy-service");
    await page.keyboard.press("/");
    await page.keyboard.type("resource-996");
    await expect.poll(() => page.getByRole("status").innerText()).toBe("1 found");
    await expect
      .poll(() => page.locator("[data-item]:visible").first().innerText())
      .toContain("resource-996");
    const lines = page.getByRole("list", { name: /^(Time line|Rest of)/ }).locator("li:visible");
    await expect.poll(() => lines.count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("details.change:visible").count()).toBe(750);
  });

  test("keys go from change to change, open one, and come to the search and the content", async () => {
    const { page } = await open(pages["failed-deploy"]);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    for (const key of ["j", "j", "k", "j"]) await page.keyboard.press(key);
    const second = page.locator("details.change").nth(1);
    expect(await second.locator("summary").evaluate((one) => one === one.ownerDocument.activeElement)).toBe(
      true,
    );
    expect(await second.getAttribute("open")).toBe(null);
    await page.keyboard.press("Enter");
    expect(await second.getAttribute("open")).toBe("");
    await page.getByRole("button", { name: "Open all changes" }).click();
    await expect.poll(() => page.locator("details.change[open]").count()).toBe(60);
  });

  test("the theme is the system's until another is chosen", async () => {
    const { page } = await open(pages.plan, { colorScheme: "dark" });
    const back = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await back()).toBe("rgb(20, 23, 28)");
    await page.getByRole("button", { name: /^Theme/ }).click();
    expect(await page.getByRole("button", { name: "Theme: light" }).isVisible()).toBe(true);
    expect(await back()).toBe("rgb(251, 251, 252)");
  });

  test("without JavaScript all can be read and opened, and nothing is offered that does not work", async () => {
    const { page, faults } = await open(pages["failed-deploy"], { javaScriptEnabled: false });
    await expect.poll(() => page.getByRole("search").count()).toBe(0);
    expect(
      await page.getByRole("list", { name: "Time line", exact: true }).getByRole("listitem").count(),
    ).toBe(60);
    const change = page.locator("details.change").first();
    await change.locator("summary").click();
    expect(await change.getByText("Give the role").isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test("its text can be selected, that of the graph too", async () => {
    const { page } = await open(pages.plan);
    await page.keyboard.press("Control+a");
    const text = String(await page.evaluate("String(getSelection())"));
    for (const told of ["uploads-1", "± table", "EventBus", "s3:GetObject"]) expect(text).toContain(told);
  });

  test("on paper all is open", async () => {
    const { page } = await open(pages["failed-deploy"]);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect.poll(() => page.locator("details:not([open])").count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(() => page.locator("details[open]").count()).toBe(0);
  });

  test("no name, value or message is more than text", async () => {
    const { page, faults } = await open(pages.hostile);
    await openAll(page);
    expect(
      await page
        .locator("img, iframe, object, [onerror], [onload], [onclick], main script, main style")
        .count(),
    ).toBe(0);
    await expect.poll(() => page.locator("script").count()).toBe(1);
    const names = await page
      .locator("details.change summary .id")
      .evaluateAll((all) => all.map((one) => one.textContent));
    expect(new Set(names)).toEqual(new Set(hostileNames.map(spellLine)));
    const text = String(await page.evaluate("document.body.textContent"));
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(faults).toEqual([]);
  });

  test.each(["light", "dark"] as const)("axe finds no serious fault, %s", async (colorScheme) => {
    for (const html of [pages.plan, pages["failed-deploy"], pages.drift]) {
      const { page } = await open(html, { colorScheme });
      if (html === pages["failed-deploy"]) await page.locator("details.change summary").first().click();
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
    }
  });
});
