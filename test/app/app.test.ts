import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../../src/app/app.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { enter } from "../../src/scope/ambient.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { cloud } from "../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

afterEach(() => enter(undefined));

describe("app()", () => {
  test("names the app and stage of the calls that follow, and finalize deletes what they no longer declare", async () => {
    const { emulator } = await cloud();
    const options = { stage: "blue", store: memoryStore(), endpoint: emulator.url };
    const first = await app("shop", options);
    expect(first).toMatchObject({ name: "shop", stage: "blue" });
    await Promise.all([queue("a"), queue("b")]);
    await first.finalize();
    expect(emulator.resources()).toHaveLength(2);

    const second = await app("shop", options);
    await queue("a");
    await second.finalize();
    await second.finalize();
    await app.finalize();
    expect(emulator.resources().map(({ Properties }) => Properties["QueueName"])).toEqual(["a"]);
  });

  test("finalize deletes nothing after a failed call, also one that the script caught", async () => {
    const { emulator } = await cloud();
    const options = { store: memoryStore(), endpoint: emulator.url };
    await app("shop", options);
    await queue("a");
    await app.finalize();
    await app("shop", options);
    await queue("b", { Nonsense: 1 } as never).catch(() => undefined);
    await app.finalize();
    expect(emulator.resources()).toHaveLength(1);
  });

  test("finalize throws everything that could not be deleted at once, and may be tried again", async () => {
    let refused = 0;
    const { emulator } = await cloud({
      faults: ({ api }) =>
        api === "DeleteResource" && ++refused <= 2 ? { failWith: { code: "AccessDenied" } } : undefined,
    });
    const options = { store: memoryStore(), endpoint: emulator.url };
    await app("shop", options);
    await Promise.all([queue("a"), queue("b")]);
    await app.finalize();
    await app("shop", options);
    const failure: unknown = await app.finalize().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    expect(failure).toMatchObject({ errors: [{ code: "ACCESS_DENIED" }, { code: "ACCESS_DENIED" }] });
    expect(emulator.resources()).toHaveLength(2);
    await app.finalize();
    expect(emulator.resources()).toEqual([]);
  });

  test("waits for calls that nobody awaits before it deletes", async () => {
    const { emulator } = await cloud({ operationMs: 20 });
    await app("shop", { store: memoryStore(), endpoint: emulator.url });
    void queue("a");
    await app.finalize();
    expect(emulator.resources()).toHaveLength(1);
  });

  test("says nothing on stderr when it is to be quiet, and progress otherwise", async () => {
    vi.stubEnv("AWAIT_AWS_LOG", "");
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { emulator } = await cloud();
    const options = { store: memoryStore(), endpoint: emulator.url };
    await app("shop", { ...options, quiet: true });
    await queue("a");
    expect(write).not.toHaveBeenCalled();
    await app.finalize();
    await app("shop", options);
    await queue("b");
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/b {2}AWS::SQS::Queue {2}created/));
    write.mockRestore();
    vi.unstubAllEnvs();
  });
});
