import { beforeEach, describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import { sdkBucket } from "../../../src/state/s3/sdk-bucket.ts";
import { digestUnder } from "../../../src/state/sealing.ts";
import type { StageState } from "../../../src/state/store.ts";
import { entryOf } from "../../support/state/entry.ts";
import { bucketName, startS3 } from "../../support/state/s3.ts";

type Faults = NonNullable<EmulatorOptions["faults"]>;

let faults: Faults = () => undefined;
let denied: readonly string[] = [];
beforeEach(() => {
  [faults, denied] = [() => undefined, []];
});

const world = await startS3({
  faults: (call) => faults(call),
  deny: () => denied,
});
const strange = await startS3({ conditionalWrites: "ignore" });
const strict = await startS3({ conditionalWrites: "refuse" });
const { emulator } = world;
emulator.at({ region: "eu-west-1" }).put("AWS::S3::Bucket", { BucketName: "far-state" });
const objects = sdkBucket({ bucket: bucketName, endpoint: emulator.url, region: "us-east-1" });

let prefixes = 0;
const newPrefix = (): string => `faults-${prefixes++}`;
const openAt = (prefix: string): Promise<StageState> => world.store({ prefix }).open("shop", "dev");
const keysAt = async (prefix: string): Promise<string[]> =>
  (await objects.list(`${prefix}/`)).map(({ key }) => key.slice(prefix.length + 1));
const idsAt = async (prefix: string): Promise<string[]> => [
  ...(await (await openAt(prefix)).entries()).keys(),
];

describe("a run whose requests go astray", () => {
  test("records everything once where the answer to each write is lost", async () => {
    const prefix = newPrefix();
    const seen = new Set<string>();
    let [lost, puts] = [0, 0];
    faults = ({ api, target = "" }) => {
      if (api !== "s3:PutObject") return undefined;
      puts += 1;
      if (seen.has(target) && !(target.endsWith("lock.json") && puts % 2 === 0)) return undefined;
      seen.add(target);
      lost += 1;
      return { dropAfter: true };
    };
    const state = await openAt(prefix);
    const lock = await state.lock();
    await state.put(entryOf("a", { status: "incomplete" }));
    await state.put(entryOf("a"));
    await state.put(entryOf("b"));
    await state.remove("b");
    lock.check?.();
    await lock.release();
    expect(lost).toBeGreaterThanOrEqual(6);
    expect([await idsAt(prefix), await keysAt(prefix)]).toEqual([["a"], ["shop/dev/snapshot.json"]]);
  });

  test("goes on once S3 takes more requests again, and where two writes have met", async () => {
    const prefix = newPrefix();
    const conflict = { type: "ConditionalRequestConflict", message: "in progress", status: 409 };
    let calls = 0;
    faults = ({ api }) => {
      calls += 1;
      if (!api.startsWith("s3:") || calls % 3 === 0) return undefined;
      return calls % 3 === 1 ? { throttle: true } : api === "s3:PutObject" ? { error: conflict } : undefined;
    };
    const state = await openAt(prefix);
    const lock = await state.lock();
    await Promise.all([state.put(entryOf("a")), state.put(entryOf("b"))]);
    await lock.release();
    faults = () => undefined;
    expect(await idsAt(prefix)).toEqual(["a", "b"]);
  });

  test("finds in its way the write of which it was told that it had failed, and goes on behind it", async () => {
    const prefix = newPrefix();
    const state = await openAt(prefix);
    const lock = await state.lock();
    await state.put(entryOf("a"));
    // Done, but told as refused: the answer was another's.
    faults = ({ api, target = "" }) =>
      api === "s3:PutObject" && target.includes("/log/") ? { dropAfter: true } : undefined;
    const refused = { error: { type: "ExpiredToken", message: "The provided token has expired." } };
    let tries = 0;
    const before = faults;
    faults = (call) => (before(call) ? (tries++ === 0 ? { dropAfter: true } : refused) : undefined);
    await expect(state.put(entryOf("b"))).rejects.toMatchObject({ code: "EXPIRED_CREDENTIALS" });
    faults = () => undefined;
    await state.put(entryOf("c"));
    await lock.release();
    expect(await idsAt(prefix)).toEqual(["a", "b", "c"]);
  });
});

describe("a store in S3 says what is wrong, and what to do, where", () => {
  test("there is no such bucket", async () => {
    await expect(world.store({ bucket: "nobody-has" }).open("shop", "dev")).rejects.toMatchObject({
      code: "STATE_UNREADABLE",
      message: expect.stringMatching(/there is no bucket nobody-has.*state init s3:\/\/nobody-has/),
    });
    await expect(world.store({ bucket: "nobody-has" }).stages()).rejects.toMatchObject({
      code: "STATE_UNREADABLE",
    });
  });

  test("the bucket lies in another region", async () => {
    await expect(world.store({ bucket: "far-state" }).open("shop", "dev")).rejects.toMatchObject({
      code: "STATE_UNREADABLE",
      message: expect.stringMatching(/lies in eu-west-1.*s3:\/\/far-state\?region=eu-west-1/),
    });
    const there = await world.store({ bucket: "far-state", region: "eu-west-1" }).open("shop", "dev");
    await there.put(entryOf("a"));
    expect((await there.entries()).size).toBe(1);
  });

  test.each([
    ["s3:GetObject", "STATE_UNREADABLE", "s3:GetObject on arn:aws:s3:::our-state/"],
    ["s3:ListBucket", "STATE_UNREADABLE", "s3:ListBucket"],
    ["s3:PutObject", "STATE_UNWRITABLE", "s3:PutObject on arn:aws:s3:::our-state/"],
  ])("%s is denied from the first", async (action, code, advice) => {
    const prefix = newPrefix();
    denied = [action];
    const run = async (): Promise<unknown> => (await openAt(prefix)).lock();
    await expect(run()).rejects.toMatchObject({ code, advice: expect.stringContaining(advice) });
    denied = [];
    expect(await keysAt(prefix)).toEqual([]);
  });

  test.each([
    ["writing is denied in mid-run", "STATE_UNWRITABLE", /s3:PutObject/],
    ["its credentials expire in mid-run", "EXPIRED_CREDENTIALS", /Sign in again/],
    ["its credentials are turned off in mid-run", "NO_CREDENTIALS", /AWS_PROFILE/],
  ])("%s, and what was promised is there", async (what, code, advice) => {
    const prefix = newPrefix();
    const state = await openAt(prefix);
    const lock = await state.lock();
    await state.put(entryOf("a"));
    const type = what.includes("expire") ? "ExpiredToken" : "InvalidAccessKeyId";
    if (what.startsWith("writing")) denied = ["s3:PutObject"];
    else
      faults = ({ api }) =>
        api.startsWith("s3:") ? { error: { type, message: "no", status: 403 } } : undefined;
    await expect(state.put(entryOf("b"))).rejects.toMatchObject({
      code,
      advice: expect.stringMatching(advice),
    });
    await expect(lock.release()).rejects.toMatchObject({ code });
    [denied, faults] = [[], () => undefined];
    expect(await idsAt(prefix)).toEqual(["a"]);
    await world.store({ prefix }).unlock("shop", "dev");
    await (await (await openAt(prefix)).lock()).release();
    expect([await idsAt(prefix), (await keysAt(prefix)).filter((key) => !key.includes("/log/"))]).toEqual([
      ["a"],
      ["shop/dev/snapshot.json"],
    ]);
  });

  test.each([
    ["does not heed conditional writes", strange],
    ["refuses conditional writes", strict],
  ])("the bucket %s", async (_, { store }) => {
    const state = await store({ prefix: "x" }).open("shop", "dev");
    const refused = {
      code: "STATE_UNWRITABLE",
      message: expect.stringContaining("does not heed If-None-Match"),
    };
    await expect(state.lock()).rejects.toMatchObject(refused);
    await expect(state.put(entryOf("a"))).rejects.toMatchObject(refused);
    expect(await state.entries()).toEqual(new Map());
  });

  test("the key is lost, or is another one", async () => {
    const prefix = newPrefix();
    const state = await openAt(prefix);
    const key = await state.key();
    await state.put(entryOf("a", { digests: { "/Password": digestUnder(key, "secret") } }));
    expect(await (await openAt(prefix)).key()).toEqual(key);
    const other = await world.store({ prefix, key: "another" }).open("shop", "dev");
    await expect(other.key()).rejects.toMatchObject({
      code: "STATE_KEY",
      message: expect.stringMatching(/rather than s3:\/\/our-state\/.*\.key.*"a" was recorded/),
    });
    await objects.remove(`${prefix}/.key`);
    for (const stage of ["dev", "prod"])
      await expect((await world.store({ prefix }).open("shop", stage)).key()).rejects.toMatchObject({
        code: "STATE_KEY",
        message: expect.stringMatching(/there is no s3:\/\/our-state\/.*\.key.*state rekey/),
      });
    expect(await keysAt(prefix)).toEqual(["shop/dev/snapshot.json"]);
  });

  test.each([
    ["of a newer version", '{"version":2,"entries":[]}', "Install a newer await-aws"],
    ["no JSON", "{", "Restore an earlier version"],
    ["something else", '{"Version":"2012-10-17"}', "Restore an earlier version"],
  ])("the snapshot is %s, and leaves it as it is", async (_, text, advice) => {
    const prefix = newPrefix();
    const path = `${prefix}/shop/dev/snapshot.json`;
    await objects.put(path, text, "any");
    const unreadable = {
      code: "STATE_UNREADABLE",
      message: expect.stringMatching(new RegExp(`s3://our-state/${path}.*${advice}`)),
    };
    const state = await openAt(prefix);
    expect([...(await state.entries())]).toEqual([["snapshot.json", expect.objectContaining(unreadable)]]);
    await expect(state.lock()).rejects.toMatchObject(unreadable);
    await expect(state.put(entryOf("a"))).rejects.toMatchObject(unreadable);
    expect([(await objects.get(path))?.text, await keysAt(prefix)]).toEqual([
      text,
      ["shop/dev/snapshot.json"],
    ]);
  });

  test("one entry cannot be read: the others can be written, and that one stays as it was", async () => {
    const prefix = newPrefix();
    const state = await openAt(prefix);
    for (const id of ["a", "b"]) await state.put(entryOf(id));
    const path = `${prefix}/shop/dev/snapshot.json`;
    const text = (await objects.get(path))?.text ?? "";
    await objects.put(path, text.replace('"version":1,"id":"a"', '"version":7,"id":"a"'), "any");
    const again = await openAt(prefix);
    expect((await again.entries()).get("a")).toMatchObject({ code: "STATE_UNREADABLE" });
    await expect(again.put(entryOf("a"))).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
    await again.put(entryOf("c"));
    expect((await objects.get(path))?.text).toContain('"version":7,"id":"a"');
    expect(await idsAt(prefix)).toEqual(["a", "b", "c"]);
  });
});

test("opening costs two requests, and many writes at once few", async () => {
  const prefix = newPrefix();
  await (await openAt(prefix)).put(entryOf("a"));
  let from = emulator.calls.length;
  const state = await openAt(prefix);
  await state.entries();
  expect(emulator.calls.slice(from).map(({ api }) => api)).toEqual(["s3:GetObject", "s3:ListObjectsV2"]);
  from = emulator.calls.length;
  const lock = await state.lock();
  await Promise.all(Array.from({ length: 300 }, (_, i) => state.put(entryOf(`id-${i}`))));
  await lock.release();
  expect(emulator.calls.length - from).toBeLessThan(15);
  expect(await idsAt(prefix)).toHaveLength(301);
});
