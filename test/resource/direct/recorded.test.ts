import { afterEach, describe, expect, test } from "vitest";
import { app } from "../../../src/app/app.ts";
import { runProgram } from "../../../src/app/program.ts";
import type { ReconcileOptions } from "../../../src/app/reconcile.ts";
import { reconcile } from "../../../src/app/reconcile.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Report } from "../../../src/events.ts";
import type { Props } from "../../../src/json.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { enter } from "../../../src/scope/ambient.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";
import { entryOf } from "../../support/state/entry.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });
const ofShop = { app: "shop" } as const;

afterEach(() => enter(undefined));

const runAs = (here: Cloud, name: string, program: () => Promise<unknown>, more: ReconcileOptions = {}) =>
  reconcile(name, program, { store: here.store, endpoint: here.emulator.url, ...more });

/** What a program of another app comes to see, and the calls that its run has made. */
async function seenBy<T>(
  here: Cloud,
  look: () => Promise<T>,
  more: ReconcileOptions = {},
): Promise<[T, Report]> {
  const seen: T[] = [];
  const report = await runAs(here, "web", async () => void seen.push(await look()), more);
  return [seen[0] as T, report];
}

const failing = (work: () => Promise<unknown>): Promise<unknown> => work().catch((error: unknown) => error);

describe("what another app has recorded", () => {
  test("is had as its outputs, by its stage, without any call", async () => {
    const here = await cloud();
    await runAs(here, "shop", () => queue("orders", { DelaySeconds: 3 }));
    await runAs(here, "shop", () => queue("orders", { QueueName: "orders-prod" }), { stage: "prod" });
    const [orders, report] = await seenBy(here, () => AWS.SQS.Queue.recorded("orders", ofShop));
    expect(orders).toMatchObject({
      QueueName: "orders",
      DelaySeconds: 3,
      QueueUrl: expect.stringMatching(/orders$/),
    });
    expect(orders.identifier).toBe(orders.QueueUrl);
    expect(Object.keys(orders)).not.toContain("identifier");
    expect(report).toMatchObject({ calls: {}, changes: [] });
    const [prod] = await seenBy(here, () => AWS.SQS.Queue.recorded("orders", { ...ofShop, stage: "prod" }));
    expect(prod.QueueName).toBe("orders-prod");
    const [any] = await seenBy(here, () => CloudControlResource.recorded("orders", ofShop));
    expect(any).toEqual({ ...orders });
  });

  test("of another store is had from there", async () => {
    const here = await cloud();
    const store = jsonFileStore(await temporaryFolder());
    await runAs(here, "shop", () => queue("orders"), { store });
    const [orders] = await seenBy(here, () => AWS.SQS.Queue.recorded("orders", { ...ofShop, store }));
    expect(orders.QueueName).toBe("orders");
  });

  test("may be passed on as the resource that it is, and makes no edge", async () => {
    const here = await cloud();
    await runAs(here, "shop", () => queue("orders"));
    await runAs(here, "web", async () => {
      const orders = await AWS.SQS.Queue.recorded("orders", ofShop);
      await AWS.SQS.QueuePolicy("policy", {
        Queues: [orders.QueueUrl],
        PolicyDocument: { Version: "2012-10-17", Statement: [] },
      });
      await queue("dead", {
        RedriveAllowPolicy: { redrivePermission: "byQueue", sourceQueueArns: [orders.Arn] },
      });
    });
    const entries = await (await here.store.open("web", "dev")).entries();
    expect(["policy", "dead"].map((id) => entries.get(id))).toMatchObject([
      { dependencies: [] },
      { dependencies: [] },
    ]);
    expect(movesOf(await here.deploy(() => Promise.resolve()))).toEqual([]);
  });

  test.each<[string, string, { app?: string; stage?: string }, RegExp]>([
    ["another id", "ordres", ofShop, /nothing is recorded of it in "shop" \(dev\): did you mean "orders"\?/],
    ["an id like none", "x", ofShop, /it has "mail", "orders"/],
    [
      "another stage",
      "orders",
      { ...ofShop, stage: "prd" },
      /recorded as the stages "dev"|did you mean "dev"\?/,
    ],
    ["another app", "orders", { app: "shp" }, /did you mean "shop"\?/],
  ])("is NOT_FOUND where %s was meant, with what there is", async (_, id, options, what) => {
    const here = await cloud();
    await runAs(here, "shop", () => Promise.all([queue("orders"), queue("mail")]));
    const [error] = await seenBy(here, () => failing(() => AWS.SQS.Queue.recorded(id, options)));
    expect(error).toMatchObject({
      code: "NOT_FOUND",
      type: "AWS::SQS::Queue",
      id,
      message: expect.stringMatching(what),
    });
    expect(here.emulator.calls.filter(({ api }) => api === "GetResource").length).toBeLessThan(9);
  });

  test("is refused where it is of another type, not there yet, being deleted, or not to be read", async () => {
    const here = await cloud();
    const shop = await here.store.open("shop", "dev");
    await shop.put(entryOf("topic", { type: "AWS::SNS::Topic" }));
    const { identifier: _, ...unmade } = entryOf("unmade", { type: "AWS::SQS::Queue", status: "pending" });
    await shop.put(unmade);
    const intent = {
      move: "delete",
      clientToken: "t",
      startedAt: "2026-01-01T00:00:00Z",
      request: "{}",
    } as const;
    await shop.put(entryOf("going", { type: "AWS::SQS::Queue", intent }));
    const [errors] = await seenBy(here, () =>
      Promise.all(
        ["topic", "unmade", "going"].map((id) => failing(() => AWS.SQS.Queue.recorded(id, ofShop))),
      ),
    );
    expect(errors).toMatchObject([
      {
        code: "VALIDATION",
        message: expect.stringContaining('"shop" (dev) has recorded is an AWS::SNS::Topic'),
      },
      { code: "NOT_FOUND", message: expect.stringContaining("has not ended") },
      { code: "NOT_FOUND", message: expect.stringContaining("its deletion has begun") },
    ]);
  });

  test.each<[unknown, unknown, RegExp]>([
    ["", {}, /id of recorded\(\) of AWS::SQS::Queue takes text/],
    [7, {}, /id of recorded\(\)/],
    ["orders", { app: "" }, /app of recorded\(\)/],
    ["orders", { stage: 1 }, /stage of recorded\(\)/],
    ["orders", { aps: "shop" }, /has no option "aps", did you mean app\?/],
  ])("is not asked for by %j with %j", async (id, options, what) => {
    const here = await cloud();
    const [error] = await seenBy(here, () =>
      failing(() => AWS.SQS.Queue.recorded(id as never, options as never)),
    );
    expect(String(error)).toMatch(what);
  });

  test("has no secret in it, masked or not", async () => {
    const here = await cloud();
    await runAs(here, "shop", () =>
      Promise.all([
        queue("orders", { Tags: [{ Key: "token", Value: secret("hunter2-correct") }] }),
        AWS.RDS.DBInstance("db", {
          DBInstanceIdentifier: "db",
          DBInstanceClass: "db.t3.micro",
          Engine: "postgres",
          AllocatedStorage: "20",
          MasterUsername: "root",
          MasterUserPassword: "hunter2-password",
        }),
      ]),
    );
    const [[orders, db]] = await seenBy(here, () =>
      Promise.all([AWS.SQS.Queue.recorded("orders", ofShop), AWS.RDS.DBInstance.recorded("db", ofShop)]),
    );
    expect(JSON.stringify([orders, db])).not.toMatch(/hunter2|secret/);
    expect([orders.Tags, db.MasterUserPassword]).toEqual([undefined, undefined]);
    expect(db.MasterUsername).toBe("root");
  });

  test("is the run's own where no app is named", async () => {
    const here = await cloud();
    await runAs(here, "web", () => queue("mine"));
    const [mine] = await seenBy(here, () => AWS.SQS.Queue.recorded("mine"));
    expect(mine.QueueName).toBe("mine");
  });
});

describe("in a plan of both apps", () => {
  /** A script of two apps, of which the second uses what the first declares. */
  const script =
    (seen: Props[], more: object = {}, isGone = false) =>
    async (): Promise<void> => {
      const shop = await app("shop");
      if (!isGone) await queue("orders", more);
      await shop.finalize();
      const web = await app("web");
      const orders = await AWS.SQS.Queue.recorded("orders", ofShop);
      seen.push(JSON.parse(JSON.stringify(orders)) as Props);
      await queue("mine", { Tags: [{ Key: "of", Value: orders.Arn }] });
      await web.finalize();
    };

  const runScript = (here: Cloud, program: () => Promise<unknown>, phase: "plan" | "deploy") =>
    runProgram("script", program, { store: here.store, endpoint: here.emulator.url, phase });

  test("it is what the other plan makes of it: known after apply, or as it will be", async () => {
    const here = await cloud();
    const seen: Props[] = [];
    const plan = await runScript(here, script(seen), "plan");
    expect(plan.stopped).toBeUndefined();
    expect(plan.others?.[0]?.changes).toMatchObject([
      { id: "mine", move: "create", unknown: ["/Tags/0/Value"] },
    ]);
    expect(seen[0]).toMatchObject({ QueueName: "orders", Arn: "⟨orders.Arn⟩" });
    expect(here.emulator.resources()).toEqual([]);
    await runScript(here, script(seen), "deploy");
    expect(String(seen[1]?.["Arn"])).toMatch(/^arn:aws:sqs:.*:orders$/);
    await runScript(here, script(seen, { DelaySeconds: 9 }), "plan");
    expect(seen[2]).toMatchObject({ DelaySeconds: 9, Arn: seen[1]?.["Arn"] });
    const unchanged = await runScript(here, script(seen), "plan");
    expect([unchanged, ...(unchanged.others ?? [])].flatMap(movesOf)).toEqual([
      "orders: nothing",
      "mine: nothing",
    ]);
  });

  test("it is NOT_FOUND where that one deletes it, and holds no secret of that one", async () => {
    const here = await cloud();
    const seen: Props[] = [];
    await runScript(here, script(seen), "deploy");
    await expect(runScript(here, script(seen, {}, true), "plan")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("the plan of its app deletes it"),
    });
    const tags = { Tags: [{ Key: "t", Value: secret("hunter2-planned") }], DelaySeconds: 1 };
    await runScript(here, script(seen, tags), "plan");
    expect(JSON.stringify(seen)).not.toMatch(/hunter2|secret/);
  });

  test("a plan that has ended is none of those, nor is one of another stage or store", async () => {
    const here = await cloud();
    await runAs(here, "shop", () => queue("orders"), { phase: "plan" });
    const ask = (): Promise<unknown> => failing(() => AWS.SQS.Queue.recorded("orders", ofShop));
    const [error] = await seenBy(here, ask, { phase: "plan" });
    expect(error).toMatchObject({ code: "NOT_FOUND" });
    await runAs(
      here,
      "shop",
      async () => {
        await queue("orders");
        const asked = [
          AWS.SQS.Queue.recorded("orders", { ...ofShop, stage: "prod" }),
          AWS.SQS.Queue.recorded("orders", { ...ofShop, store: memoryStore() }),
        ];
        for (const one of await Promise.allSettled(asked)) expect(one).toMatchObject({ status: "rejected" });
        expect((await AWS.SQS.Queue.recorded("orders")).QueueName).toBe("orders");
      },
      { phase: "plan" },
    );
  });
});
