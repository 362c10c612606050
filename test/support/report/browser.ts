import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";

/** Debian's Chromium, or the one that `CHROMIUM` names; undefined where there is none. */
export const chromiumPath: string | undefined = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
].find((path) => path !== "" && existsSync(path));

/** Where screenshots are kept to be looked at; never in the repository. */
const screenshots = process.env["AWAIT_AWS_SCREENSHOTS"] ?? join(tmpdir(), "await-aws-screenshots");

/** A page in the browser, with all that has gone wrong in it, and all that it asked for beside itself. */
export interface OpenPage {
  readonly page: Page;
  readonly faults: readonly string[];
  readonly requests: readonly string[];
  /** Keeps a picture of what the window shows. */
  readonly shoot: (name: string) => Promise<void>;
}

/** Opens pages in one browser for all tests of a file. */
export function inBrowser(): (html: string, options?: BrowserContextOptions) => Promise<OpenPage> {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), "await-aws-pages-"));
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? "", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let count = 0;
  return async (html, options = {}) => {
    const path = join(folder, `${(count += 1)}.html`);
    writeFileSync(path, html);
    const context = await browser?.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
    if (!context) throw new Error("the browser is not there");
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const [faults, requests]: [string[], string[]] = [[], []];
    const url = pathToFileURL(path).href;
    page.on("console", (message) => void faults.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => void faults.push(error.message));
    page.on("dialog", (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url().replace(/#.*/, "") !== url) requests.push(request.url());
    });
    await page.goto(url);
    const shoot = async (name: string): Promise<void> => {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    };
    return { page, faults, requests, shoot };
  };
}
