import { describe, expect, test } from "vitest";
import { AWS } from "../src/aws/namespace.ts";
import { siteIn } from "../src/frames.ts";
import { project } from "./support/cli/project.ts";
import { cloud } from "./support/run.ts";

const own = new URL("../src/", import.meta.url).href;
const stackOf = (...frames: readonly string[]): string =>
  ["Error", ...frames.map((frame) => `    at ${frame}`)].join("\n");

describe("the place of a call", () => {
  test.each([
    ["by URL", ["f (file:///home/shop/deploy.ts:3:7)"], "deploy.ts:3:7"],
    ["by path", ["f (/home/shop/infra/api.mjs:10:1)"], "infra/api.mjs:10:1"],
    ["at the top of a module", ["file:///home/shop/deploy.ts:1:2"], "deploy.ts:1:2"],
    ["after an await", ["async main (file:///home/shop/deploy.ts:9:9)"], "deploy.ts:9:9"],
    ["outside the working folder", ["f (/elsewhere/deploy.ts:3:7)"], "/elsewhere/deploy.ts:3:7"],
    ["with a space in it", ["f (file:///home/shop/my%20deploy.ts:3:7)"], "my deploy.ts:3:7"],
    ["with a query that a loader has added", ["f (file:///home/shop/deploy.ts?v=1:3:7)"], "deploy.ts:3:7"],
    [
      "behind this package",
      [`declare (${own}resource/resource.ts:1:1)`, "f (/home/shop/a.ts:2:2)"],
      "a.ts:2:2",
    ],
    [
      "behind another package",
      ["g (/home/shop/node_modules/x/y.js:1:1)", "f (/home/shop/a.ts:2:2)"],
      "a.ts:2:2",
    ],
    [
      "behind Node",
      ["Array.map (<anonymous>)", "node:internal/x:1:1", "f (/home/shop/a.ts:2:2)"],
      "a.ts:2:2",
    ],
  ])("is found %s", (_, frames, site) => {
    expect(siteIn(stackOf(...frames), "/home/shop")).toBe(site);
  });

  test.each([
    ["no script stands in the stack", stackOf("node:internal/process/task_queues:95:5")],
    ["there is no stack", undefined],
    ["the stack is of somebody's own making", "no frames here"],
  ])("is unknown where %s", (_, stack) => {
    expect(siteIn(stack, "/home/shop")).toBeUndefined();
  });
});

describe("the script's line", () => {
  test("stands in a failed change, in its error and in the message, also for a call inside a function", async () => {
    const here = await cloud();
    const make = (id: string): Promise<unknown> => AWS.SQS.Queue(id, { QueueName: "no/slash" });
    const { changes } = await here.deploy(() => Promise.allSettled(["a"].map(make)));
    expect(changes[0]?.site).toMatch(/^test\/frames\.test\.ts:\d+:\d+$/);
    expect(changes[0]?.error?.message).toContain(`(VALIDATION) at ${changes[0]?.site}. `);
  });

  test("stands in every change of a plan, and in none of a deploy that went well", async () => {
    const here = await cloud();
    const program = (): Promise<unknown> => AWS.SQS.Queue("q", { QueueName: "q" });
    const plan = await here.deploy(program, { phase: "plan" });
    expect(plan.changes[0]?.site).toMatch(/^test\/frames\.test\.ts:\d+:\d+$/);
    expect((await here.deploy(program)).changes[0]).not.toHaveProperty("site");
  });

  test.each([
    ["get", () => AWS.SQS.Queue.get("https://sqs.us-east-1.amazonaws.com/123456789012/none")],
    ["delete", () => AWS.SQS.Queue.delete({ QueueName: "x" } as never)],
    ["find", () => AWS.ApiGatewayV2.Route.find({ RouteKey: "x" } as never)],
    [
      "list",
      async () => {
        for await (const one of AWS.ApiGatewayV2.Route.list()) expect(one).toBeUndefined();
      },
    ],
  ])("stands in what %s fails with", async (_, ask: () => Promise<unknown>) => {
    const here = await cloud();
    let site: unknown;
    await here.deploy(async () => {
      site = await ask().catch((error: { site?: string }) => error.site);
    });
    expect(site).toMatch(/^test\/frames\.test\.ts:\d+:\d+$/);
  });

  test("is that of the TypeScript under the command line, in the plan as people read it and as JSON", async () => {
    const made = await project();
    const lines = ["interface Unused {", "  a: string;", "}", "const name: string = 'q';", ""];
    made.write(
      "deploy.ts",
      `import AWS from "await-aws";\n${lines.join("\n")}await AWS.SQS.Queue("q", { QueueName: name });\n`,
    );
    const plan = await made.run("plan", "deploy.ts");
    expect(plan.stdout).toMatch(/^\+ q {2}AWS::SQS::Queue {2}deploy\.ts:6:\d+$/m);
    const json = await made.run("plan", "deploy.ts", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      changes: [{ site: expect.stringMatching(/^deploy\.ts:6:/) }],
    });
  });
});
