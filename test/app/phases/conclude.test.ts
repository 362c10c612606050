import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type App, app } from "../../../src/app/app.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { enter } from "../../../src/scope/ambient.ts";
import { type Cloud, cloud } from "../../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

afterEach(() => enter(undefined));

const enterShop = ({ emulator, store }: Cloud): Promise<App> =>
  app("shop", { store, endpoint: emulator.url, quiet: true });

/** Ways in which a plain script's app comes to its end; each but the first leaves something undone. */
const ends: readonly (readonly [how: string, end: (shop: App) => Promise<unknown>])[] = [
  ["has deleted what is no longer declared", (shop) => shop.finalize()],
  ["was asked for by app.finalize()", () => app.finalize()],
  [
    "has kept everything, because a call has failed",
    async (shop) => {
      await queue("bad", { Nonsense: true } as never).catch(() => undefined);
      await shop.finalize();
    },
  ],
  ["could not delete everything", (shop) => expect(shop.finalize()).rejects.toThrow("could not be deleted")],
  ["was told of by a call under way", (shop) => Promise.allSettled([queue("other"), shop.finalize()])],
];

describe("once the finalize() of a plain script", () => {
  test.each(ends)("%s, a call that comes later is refused and sends nothing", async (how, end) => {
    const here = await cloud({
      faults: ({ api }) =>
        api === "DeleteResource" && how.startsWith("could not")
          ? { failWith: { code: "AccessDenied" } }
          : undefined,
    });
    const first = await enterShop(here);
    await Promise.all([queue("old"), queue("kept")]);
    await first.finalize();
    const shop = await enterShop(here);
    await queue("kept");
    await end(shop);
    const before = here.emulator.calls.length;
    const names = ["old", "new", "kept"];
    const late = await Promise.allSettled([
      ...names.map((name) => queue(name)),
      sleep(20).then(() => queue("later")),
    ]);
    for (const { status, reason } of late as PromiseRejectedResult[]) {
      expect([status, reason]).toEqual(["rejected", expect.objectContaining({ code: "ABORTED" })]);
      expect(String(reason)).toContain("Declare it before finalize()");
    }
    expect(here.emulator.calls.slice(before)).toEqual([]);
  });

  test("is over, another of the same name begins and may declare it", async () => {
    const here = await cloud();
    const first = await enterShop(here);
    await queue("a");
    await first.finalize();
    await expect(queue("b")).rejects.toMatchObject({ code: "ABORTED" });
    const second = await enterShop(here);
    await Promise.all([queue("a"), queue("b")]);
    await second.finalize();
    expect(here.emulator.resources()).toHaveLength(2);
  });
});
