import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../../../src/app/app.ts";
import { reconcile } from "../../../src/app/reconcile.ts";
import { tagsIn } from "../../../src/app/options/tags.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { UsageError } from "../../../src/errors.ts";
import { cloud } from "../../support/run.ts";

afterEach(() => vi.unstubAllEnvs());

const queue = () => AWS.SQS.Queue("orders", { QueueName: "orders" });
const nothing = () => Promise.resolve();

describe("tags that no service takes are refused before anything is done", () => {
  const long = (count: number): string => "k".repeat(count);
  test.each<[string, Record<string, unknown>, RegExp]>([
    ["an empty key", { "": "a" }, /the key of a tag is empty/],
    ["AWS's own prefix", { "aws:team": "a" }, /"aws:team" begins with "aws:"/],
    ["the prefix in capitals", { "AWS:team": "a" }, /begins with "aws:"/],
    ["a key of 129 characters", { [long(129)]: "a" }, /has 129 characters, of which a tag takes 128/],
    ["a value of 257 characters", { team: long(257) }, /value of "team" has 257 characters/],
    ["a number for a value", { port: 8080 }, /value of "port" is text; given was 8080/],
    ["undefined for a value", { team: undefined }, /value of "team" is text; given was undefined/],
    ["null for a value", { team: null }, /is text; given was null/],
    ["a character that tags do not take", { team: "a<b" }, /"team" holds "<"/],
    ["a line break", { team: "a\nb" }, /holds "\\n"/],
    [
      "51 tags",
      Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])),
      /50 tags at the most/,
    ],
  ])("%s", async (_, tags, message) => {
    const asked = reconcile("tags", nothing, { tags: tags as Record<string, string> });
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.toThrow(UsageError);
  });

  test.each(["team=shop", ["team"], true])("%j in place of an object", async (tags) => {
    await expect(reconcile("tags", nothing, { tags: tags as never })).rejects.toThrow(/takes an object/);
  });

  test("all faults are told together", async () => {
    const tags = { "": "a", "aws:x": "b" };
    await expect(reconcile("tags", nothing, { tags })).rejects.toThrow(/is empty; the key "aws:x"/);
  });

  test("the longest that AWS takes are taken", async () => {
    const { deploy } = await cloud();
    expect((await deploy(queue, { tags: { [long(128)]: long(256), "käse/1": "" } })).ok).toBe(true);
  });
});

describe("AWAIT_AWS_TAGS", () => {
  test("holds key=value with commas between; what follows the first = is the value", () => {
    expect(tagsIn("team=shop, env=dev,,url=a=b,none=", "it")).toEqual({
      team: "shop",
      env: "dev",
      url: "a=b",
      none: "",
    });
    expect(tagsIn("", "it")).toEqual({});
  });

  test.each(["team", "=shop", "aws:a=b"])("%j is refused by its name", async (text) => {
    vi.stubEnv("AWAIT_AWS_TAGS", text);
    await expect(reconcile("tags", nothing)).rejects.toThrow(/AWAIT_AWS_TAGS/);
  });

  test("gives tags where the script states none, and yields to it key by key", async () => {
    vi.stubEnv("AWAIT_AWS_TAGS", "team=shop,env=dev");
    const { deploy, emulator } = await cloud();
    await deploy(queue, { tags: { env: "prod" } });
    expect(emulator.resources()[0]?.Properties["Tags"]).toEqual([
      { Key: "env", Value: "prod" },
      { Key: "team", Value: "shop" },
    ]);
  });
});

describe("a program that joins a run", () => {
  test("adds tags before its first resource; the run's own word stands", async () => {
    const { deploy, emulator, events } = await cloud();
    const program = async () => {
      await app("test", { tags: { team: "web", cost: "12" } });
      await queue();
    };
    await deploy(program, { tags: { team: "shop" } });
    expect(emulator.resources()[0]?.Properties["Tags"]).toEqual([
      { Key: "cost", Value: "12" },
      { Key: "team", Value: "shop" },
    ]);
    expect(events).toContainEqual({
      name: "notice",
      message: '"test" joins a run, which sets aside its tags',
    });
  });

  test("changes none after it", async () => {
    const { deploy, emulator } = await cloud();
    const program = async () => {
      await queue();
      await app("test", { tags: { team: "web" } });
      await AWS.SQS.Queue("late", { QueueName: "late" });
    };
    await deploy(program);
    expect(emulator.resources().map(({ Properties }) => Properties["Tags"])).toEqual([undefined, undefined]);
  });
});
