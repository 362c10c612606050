import { describe, expect, test } from "vitest";
import { caller } from "../../src/app/caller.ts";
import { project } from "../support/cli/project.ts";
import { cloud } from "../support/run.ts";

describe("what a script can tell of its run", () => {
  test("is as whom and where it works, in a plan as in a deploy", async () => {
    for (const phase of ["plan", "deploy"] as const) {
      const here = await cloud({ account: "111122223333" });
      const told: unknown[] = [];
      await here.deploy(async () => void told.push(await caller(), await caller({ region: "eu-west-1" })), {
        phase,
      });
      const account = "111122223333";
      expect(told).toEqual([
        { account, region: "us-east-1", partition: "aws" },
        { account, region: "eu-west-1", partition: "aws" },
      ]);
    }
  });

  test("is refused an option that does not exist", async () => {
    const here = await cloud();
    await here.deploy(async () => {
      await expect(caller({ regoin: "x" } as never)).rejects.toThrow(
        'has no option "regoin", did you mean region?',
      );
    });
  });

  test("is what it is run for, under the command line and by its own flags", async () => {
    const made = await project();
    made.write(
      "deploy.mjs",
      `import { app } from "await-aws";
const { phase, isPlan, name, stage, finalize } = await app("shop");
console.log(JSON.stringify({ phase, isPlan, name, stage }));
await finalize();
`,
    );
    const told = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await made.run(...args);
      return stdout + stderr;
    };
    expect(await told("plan", "deploy.mjs")).toContain(
      '{"phase":"plan","isPlan":true,"name":"shop","stage":"dev"}',
    );
    expect(await told("deploy", "deploy.mjs", "--stage", "prod")).toContain(
      '{"phase":"deploy","isPlan":false,"name":"shop","stage":"prod"}',
    );
  });
});

describe("an endpoint that is told on the command line", () => {
  const lines = 'import AWS from "await-aws"; await AWS.SQS.Queue("q", { QueueName: "q" });';

  test.each([
    "AWS_ENDPOINT_URL_CLOUDCONTROL",
    "AWS_ENDPOINT_URL_CLOUDFORMATION",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL",
  ])("beats %s of the environment", async (name) => {
    const made = await project();
    made.write("deploy.mjs", lines);
    const nowhere = { [name]: "http://127.0.0.1:9" };
    const { code, stderr } = await made.runWith(
      nowhere,
      "deploy",
      "deploy.mjs",
      "--endpoint",
      made.emulator.url,
    );
    expect([code, stderr.includes("UNREACHABLE")]).toEqual([0, false]);
    expect(made.emulator.resources()).toHaveLength(1);
  });
});
