import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";
import type { StageState } from "../../src/state/store.ts";
import { call, listen, restore, said } from "../support/cli/in-process.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { entryOf } from "../support/state/entry.ts";

let state: StageState;
const nasty = `it's "$(touch stray)" \`id\` $HOME \\ 'quoted'\nsecond line; rm -rf ''`;

beforeEach(async () => {
  const folder = await temporaryFolder();
  vi.stubEnv("AWAIT_AWS_STATE", folder);
  listen();
  state = await jsonFileStore(folder).open("shop", "dev");
  await state.put(
    entryOf("my-orders", {
      type: "AWS::SQS::Queue",
      identifier: "https://sqs/orders",
      desired: { QueueName: nasty, DelaySeconds: 5 },
      live: { QueueUrl: "https://sqs/orders", FifoQueue: false, Tags: [{ Key: "a'b", Value: "c" }] },
    }),
  );
  await state.put(
    entryOf("db", {
      type: "AWS::RDS::DBInstance",
      identifier: "db",
      desired: { Engine: "postgres" },
      digests: { "/MasterUserPassword": "x.y" },
      live: { DBInstanceArn: "arn:db", Note: "‹secret›" },
    }),
  );
});

afterEach(restore);

const outputs = (...words: readonly string[]): Promise<string> => call("outputs", ...words);

/** What a shell has in its variables after it has read these lines. */
const readByShell = (lines: string, ...names: string[]): string[] =>
  execFileSync(
    "sh",
    ["-c", `${lines}\nfor n in ${names.join(" ")}; do eval "printf '%s\\0' \\"\\$$n\\""; done`],
    {
      encoding: "utf8",
    },
  )
    .split("\0")
    .slice(0, -1);

describe("await-aws outputs", () => {
  test("prints all that is recorded of an app, or of the ids that are named, as JSON", async () => {
    const all: unknown = JSON.parse(await outputs("--json"));
    expect(all).toEqual({
      db: {
        identifier: "db",
        Engine: "postgres",
        DBInstanceArn: "arn:db",
        MasterUserPassword: "‹secret›",
        Note: "‹secret›",
      },
      "my-orders": {
        identifier: "https://sqs/orders",
        QueueName: nasty,
        DelaySeconds: 5,
        QueueUrl: "https://sqs/orders",
        FifoQueue: false,
        Tags: [{ Key: "a'b", Value: "c" }],
      },
    });
    expect(Object.keys(JSON.parse(await outputs("db", "--json", "--app", "shop")) as object)).toEqual(["db"]);
  });

  test("prints lines that a shell reads back as they were, whatever is in them", async () => {
    const lines = await outputs("my-orders", "--env");
    const names = ["QUEUE_NAME", "DELAY_SECONDS", "QUEUE_URL", "FIFO_QUEUE", "TAGS", "IDENTIFIER"];
    expect(readByShell(lines, ...names.map((name) => `MY_ORDERS_${name}`))).toEqual([
      nasty,
      "5",
      "https://sqs/orders",
      "false",
      `[{"Key":"a'b","Value":"c"}]`,
      "https://sqs/orders",
    ]);
  });

  test("leaves what is secret out of those, and says so beside them", async () => {
    const lines = await outputs("--env");
    expect(readByShell(lines, "DB_ENGINE", "DB_DB_INSTANCE_ARN")).toEqual(["postgres", "arn:db"]);
    expect(lines).not.toContain("PASSWORD");
    expect(lines).not.toContain("secret");
    expect(said.err).toBe("Left out, because it is secret: db.Note, db.MasterUserPassword.\n");
  });

  test("prints a block a resource for people", async () => {
    expect(await outputs("db")).toBe(
      [
        "db  AWS::RDS::DBInstance",
        "    identifier: db",
        "    Engine: postgres",
        "    DBInstanceArn: arn:db",
        "    Note: ‹secret›",
        "    MasterUserPassword: ‹secret›",
        "",
      ].join("\n"),
    );
  });

  test("refuses what is not there, what is not yet, and names that would be the same", async () => {
    await outputs("dbb");
    expect(said.err).toContain('nothing is recorded as "dbb" of shop; did you mean "db"?');
    const { identifier: _, ...unmade } = entryOf("unmade", { status: "pending" });
    await state.put(unmade);
    await outputs("unmade");
    expect(said.err).toContain("its creation has not ended");
    expect(Object.keys(JSON.parse(await outputs("--json")) as object)).not.toContain("unmade");
    await state.put(entryOf("my_orders", { identifier: "other" }));
    await outputs("--env");
    expect(said.err).toContain("would both be MY_ORDERS_IDENTIFIER");
    expect(said.out).toBe("");
    await outputs("--env", "--json");
    expect(said.err).toContain("--json and --env exclude each other");
    await outputs("--stage", "prod");
    expect(said.err).toContain("nothing is recorded of any app (prod)");
    expect(process.exitCode).toBe(1);
  });

  test("begins no variable with a digit", async () => {
    await state.put(entryOf("2nd", { identifier: "x", desired: {}, live: {} }));
    expect(await outputs("2nd", "--env")).toBe("_2ND_IDENTIFIER='x'\n");
  });
});
