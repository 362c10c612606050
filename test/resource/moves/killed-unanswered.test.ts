import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Entry } from "../../../src/entry.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { cloud, movesOf } from "../../support/run.ts";

type When = (intent: NonNullable<Entry["intent"]>) => boolean;

/** A store that ends its process before something of an intent is kept: the answer to a create, unless told. */
function mortalStore(
  store: StateStore,
  isLast: When = ({ requestToken }) => requestToken !== undefined,
): StateStore {
  return {
    ...store,
    open: async (app, stage) => {
      const state = await store.open(app, stage);
      return {
        ...state,
        put: (entry) =>
          entry.intent && isLast(entry.intent)
            ? Promise.reject(new Error("the process died"))
            : state.put(entry),
      };
    },
  };
}

const types: Readonly<Record<string, () => Promise<unknown>>> = {
  "a log group": () => AWS.Logs.LogGroup("it", { LogGroupName: "/ours" }),
  "a role": () =>
    AWS.IAM.Role("it", {
      RoleName: "ours",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
    }),
  "a queue": () => AWS.SQS.Queue("it", { QueueName: "ours" }),
  "a table": () =>
    AWS.DynamoDB.Table("it", {
      TableName: "ours",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  "a bucket": () => AWS.S3.Bucket("it", { BucketName: "ours-of-today" }),
};

describe("a create whose answer nobody kept, and which failed and made something all the same", () => {
  test.each(Object.keys(types))("is the next run's to settle: %s", async (name) => {
    const program = types[name] ?? (() => Promise.resolve());
    const store = memoryStore();
    let isFailing = true;
    const made = await cloud(
      {
        faults: ({ api }) =>
          isFailing && api === "CreateResource"
            ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
            : undefined,
      },
      store,
    );
    await made.deploy(program, { store: mortalStore(store) }).catch(() => undefined);
    isFailing = false;
    expect(made.emulator.resources()).toHaveLength(1);
    const report = await made.deploy(program);
    expect(report.changes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
    expect(made.emulator.resources()).toHaveLength(1);
    expect(movesOf(await made.deploy(program))).toEqual(["it: nothing"]);
  });

  test.each(Object.keys(types))(
    "is so too where nobody had looked yet whether its name was free: %s",
    async (name) => {
      const program = types[name] ?? (() => Promise.resolve());
      const store = memoryStore();
      let isFailing = true;
      const made = await cloud(
        {
          faults: ({ api }) =>
            isFailing && api === "CreateResource"
              ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
              : undefined,
        },
        store,
      );
      await made
        .deploy(program, { store: mortalStore(store, ({ isFree }) => isFree === true) })
        .catch(() => undefined);
      expect(made.emulator.resources()).toEqual([]);
      await made.deploy(program);
      isFailing = false;
      const report = await made.deploy(program);
      expect(report.changes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
      expect(made.emulator.resources()).toHaveLength(1);
      expect(movesOf(await made.deploy(program))).toEqual(["it: nothing"]);
    },
  );
});
