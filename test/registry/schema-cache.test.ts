import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bundledFacts } from "../../src/schema/bundled.ts";
import type { RegistryOptions } from "../../src/registry/registry.ts";
import { type SchemaCache, type SchemaKey, fileSchemaCache } from "../../src/registry/schema-cache.ts";
import type { Where } from "../../src/wire/client.ts";
import { emulated, run } from "../support/registry/desk.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";

const type = "AWS::RDS::DBInstance";
const day = 24 * 60 * 60 * 1000;
const nowhere = "http://127.0.0.1:1";

describe("a file cache", () => {
  test("gives back what it was given under the very key, and nothing under another", async () => {
    const cache = fileSchemaCache(join(await temporaryFolder(), "made", "later"));
    const part = fc.option(fc.string({ maxLength: 30 }), { nil: undefined });
    const keys = fc.record<SchemaKey>({
      type: fc.string({ maxLength: 200 }),
      typeVersionId: part,
      region: part,
      endpoint: part,
      account: part,
      profile: part,
    });
    const value = fc.record({ readAt: fc.nat(), schema: fc.constant({ properties: { A: {} } }) });
    await fc.assert(
      fc.asyncProperty(keys, value, fc.string({ minLength: 1 }), async (key, kept, more) => {
        await cache.write(key, kept);
        expect(await cache.read(key)).toEqual(kept);
        expect(await cache.read({ ...key, type: `${key.type} other ${more}` })).toBeUndefined();
        expect(await cache.read({ ...key, region: `${key.region} other ${more}` })).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  test("leaves no temporary file behind, and names files for people", async () => {
    const folder = await temporaryFolder();
    await fileSchemaCache(folder).write({ type: "../../Evil::Type" }, { readAt: 1, schema: {} });
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^-Evil-Type\.[0-9a-f]{16}\.json$/)]);
  });

  test.each(["", "{", "null", '{"version":2}', '{"version":1,"key":{"type":"x"},"readAt":1,"schema":{}}'])(
    "takes a file that holds %j for none",
    async (text) => {
      const folder = await temporaryFolder();
      const cache = fileSchemaCache(folder);
      await cache.write({ type }, { readAt: 1, schema: {} });
      const [file = ""] = await readdir(folder);
      await writeFile(join(folder, file), text);
      expect(await cache.read({ type })).toBeUndefined();
    },
  );
});

describe("a registry with a cache", () => {
  test("asks nobody while the schema is young, and anew when it is a week old", async () => {
    const { url: endpoint } = await emulated();
    const cache = fileSchemaCache(await temporaryFolder());
    const first = await run({ endpoint }, { cache }).facts(type);
    for (const [now, calls] of [
      [7 * day - 1, 0],
      [7 * day, 1],
      [8 * day, 0],
    ] as const) {
      const again = run({ endpoint }, { cache, now: () => now });
      expect(await again.facts(type)).toEqual(first);
      expect(again.calls).toHaveLength(calls);
    }
  });

  test("takes the age that it is told, and does not trust a schema from the future", async () => {
    const { url: endpoint } = await emulated();
    const cache = fileSchemaCache(await temporaryFolder());
    const callsAt = async (now: number) => {
      const { facts, calls } = run({ endpoint }, { cache, maxAgeMs: 10, now: () => now });
      await facts(type);
      return calls.length;
    };
    expect([await callsAt(100), await callsAt(109), await callsAt(110), await callsAt(50)]).toEqual([
      1, 0, 1, 1,
    ]);
  });

  test("uses an old schema when AWS refuses or cannot be reached, and says so once", async () => {
    const emulator = await emulated({
      faults: ({ count }) =>
        count === 1 ? undefined : { error: { type: "AccessDenied", message: "no", status: 403 } },
    });
    const cache = fileSchemaCache(await temporaryFolder());
    const first = await run({ endpoint: emulator.url }, { cache }).facts(type);
    const { facts, events } = run({ endpoint: emulator.url }, { cache, now: () => 30 * day });
    expect(await facts(type)).toEqual(first);
    expect(events).toHaveLength(1);
    expect(first).not.toEqual(bundledFacts(type));
  });

  test("does not use an old schema of a type that is gone", async () => {
    const { url: endpoint } = await emulated({ facts: (asked) => (gone ? undefined : bundledFacts(asked)) });
    let gone = false;
    const cache = fileSchemaCache(await temporaryFolder());
    await run({ endpoint }, { cache }).facts(type);
    gone = true;
    expect(await run({ endpoint }, { cache, now: () => 30 * day }).facts(type)).toEqual(bundledFacts(type));
  });

  test.each<[string, Where, Partial<RegistryOptions>]>([
    ["region", { region: "eu-central-1" }, {}],
    ["account", {}, { account: "210987654321" }],
  ])("keeps schemas apart by %s", async (_, where, options) => {
    const { url: endpoint } = await emulated();
    const cache = fileSchemaCache(await temporaryFolder());
    await run({ endpoint }, { cache }).facts(type);
    const other = run({ endpoint, ...where }, { cache, ...options });
    await other.facts(type);
    expect(other.calls).toHaveLength(1);
  });

  test("names the profile in the key only while the account is unknown", async () => {
    const keys: SchemaKey[] = [];
    const schema = { properties: {} };
    const cache: SchemaCache = {
      read(key) {
        keys.push(key);
        return Promise.resolve({ readAt: 0, schema });
      },
      write: () => Promise.resolve(),
    };
    await run({ profile: "dev" }, { cache }).facts(type);
    await run({ profile: "dev" }, { cache, account: "210987654321" }).facts(type, "00000007");
    expect(keys).toEqual([
      { type, region: "us-east-1", profile: "dev" },
      { type, region: "us-east-1", account: "210987654321", typeVersionId: "00000007" },
    ]);
  });

  test("keeps schemas apart by endpoint and version", async () => {
    const { url: endpoint } = await emulated();
    const cache = fileSchemaCache(await temporaryFolder());
    await run({ endpoint }, { cache }).facts(type);
    const versioned = run({ endpoint }, { cache });
    await versioned.facts(type, "00000007");
    expect(versioned.calls).toHaveLength(1);
    expect(await run({ endpoint: nowhere }, { cache }).facts(type)).toEqual(bundledFacts(type));
  });

  test("asks when the file is damaged, and mends it", async () => {
    const { url: endpoint } = await emulated();
    const folder = await temporaryFolder();
    const cache = fileSchemaCache(folder);
    const first = await run({ endpoint }, { cache }).facts(type);
    const [file = ""] = await readdir(folder);
    const whole = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), whole.slice(0, 100));
    const { facts, calls } = run({ endpoint }, { cache });
    expect(await facts(type)).toEqual(first);
    expect(calls).toHaveLength(1);
    expect(await readFile(join(folder, file), "utf8")).toBe(whole);
  });

  test("lives with a disk that fails", async () => {
    const { url: endpoint } = await emulated();
    const full = {
      read: () => Promise.reject(new Error("EIO")),
      write: () => Promise.reject(new Error("ENOSPC")),
    };
    const { facts, events } = run({ endpoint }, { cache: full });
    expect((await facts(type)).writeOnly).toContain("/MasterUserPassword");
    expect(events).toEqual([]);
  });

  test("leaves the cache alone when only bundled schemas are wanted", async () => {
    const folder = await temporaryFolder();
    await run({ endpoint: nowhere }, { cache: fileSchemaCache(folder), schemas: "bundled" }).facts(type);
    expect(await readdir(folder)).toEqual([]);
  });
});
