import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";

const folder = resolve(import.meta.dirname, "../../examples");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example as a user would: a process of its own, its state apart. */
function run(script: string, environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", join(folder, script)], {
    env: { ...process.env, AWAIT_AWS_LOG: "", ...environment },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((ended) => child.once("close", (code) => ended({ code, stdout, stderr })));
}

const ApiId = "abcdefghij";
const IntegrationId = "12345678-abcd-ef00-1234-56789abcdef0";

/** A cloud that holds the API and the integration that the seed's snippets name. */
async function cloudOfTheSeed(): Promise<{ emulator: Emulator; environment: Record<string, string> }> {
  const emulator = await startEmulator({ operationMs: 10 });
  const state = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(async () => {
    await emulator.close();
    rmSync(state, { recursive: true, force: true });
  });
  emulator.put("AWS::ApiGatewayV2::Api", {
    ApiId,
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  emulator.put("AWS::ApiGatewayV2::Integration", { ApiId, IntegrationId, IntegrationType: "MOCK" });
  const environment = {
    AWS_ENDPOINT_URL: emulator.url,
    AWAIT_AWS_STATE: state,
    API_ID: ApiId,
    INTEGRATION_ID: IntegrationId,
  };
  return { emulator, environment };
}

const responses = (emulator: Emulator): ReturnType<Emulator["resources"]> =>
  emulator.resources().filter(({ TypeName }) => TypeName.endsWith("::IntegrationResponse"));

describe("the snippets of the seed", () => {
  test.each(["minimal", "advanced", "custom-parameters"])(
    "%s makes one response, tells its id, and its second run makes no call",
    async (snippet) => {
      const { emulator, environment } = await cloudOfTheSeed();
      const first = await run(`seed/${snippet}.ts`, environment);
      expect(first).toMatchObject({ code: 0 });
      const [only, ...others] = responses(emulator);
      expect(others).toEqual([]);
      expect(first.stdout.trim()).toBe(only?.Properties["IntegrationResponseId"]);

      const before = emulator.calls.length;
      expect(await run(`seed/${snippet}.ts`, environment)).toEqual({
        code: 0,
        stdout: first.stdout,
        stderr: "",
      });
      expect(emulator.calls.slice(before)).toEqual([]);
    },
  );

  test("adoption takes over the existing response and removes nothing", async () => {
    const { emulator, environment } = await cloudOfTheSeed();
    const existing = emulator.put("AWS::ApiGatewayV2::IntegrationResponse", {
      ApiId,
      IntegrationId,
      IntegrationResponseKey: "200",
      ResponseTemplates: { "application/json": "by hand" },
    });
    const first = await run("seed/adoption.ts", environment);
    expect(first.stdout.trim()).toBe(existing.Properties["IntegrationResponseId"]);
    expect(responses(emulator)).toEqual([existing]);

    const before = emulator.calls.length;
    expect((await run("seed/adoption.ts", environment)).code).toBe(0);
    expect(emulator.calls.slice(before)).toEqual([]);
  });

  test("a conflict without adopt ends the script with the advice", async () => {
    const { emulator, environment } = await cloudOfTheSeed();
    emulator.put("AWS::ApiGatewayV2::IntegrationResponse", {
      ApiId,
      IntegrationId,
      IntegrationResponseKey: "200",
    });
    const { code, stderr } = await run("seed/minimal.ts", environment);
    expect(code).toBe(1);
    expect(stderr).toContain("ALREADY_EXISTS");
    expect(stderr).toContain("adopt: true");
    expect(responses(emulator)).toHaveLength(1);
  });
});

describe("every other example", () => {
  test.each([
    "adopt-replies",
    "reconcile-table",
    "websocket-api",
    "queue-with-role",
    "fifty-responses",
    "rest-api-responses",
    "rest-api-cors",
  ])("%s runs, and its second run makes no call", async (example) => {
    const { emulator, environment } = await cloudOfTheSeed();
    const first = await run(`${example}.ts`, environment);
    expect(first).toMatchObject({ code: 0 });
    const before = emulator.calls.length;
    expect((await run(`${example}.ts`, environment)).code).toBe(0);
    expect(emulator.calls.slice(before)).toEqual([]);
  });
});

test("another answer of the WebSocket API is another deployment: the stage moves, and the old one goes", async () => {
  const { emulator, environment } = await cloudOfTheSeed();
  const of = (type: string): Props[] =>
    emulator
      .resources()
      .filter(({ TypeName }) => TypeName === `AWS::ApiGatewayV2::${type}`)
      .map(({ Properties }) => Properties);
  expect(await run("websocket-api.ts", environment)).toMatchObject({ code: 0 });
  const [before] = of("Deployment");
  expect(await run("websocket-api.ts", { ...environment, PONG: "here" })).toMatchObject({ code: 0 });
  const [deployment, ...others] = of("Deployment");
  expect(others).toEqual([]);
  expect(deployment?.["DeploymentId"]).not.toBe(before?.["DeploymentId"]);
  expect(of("Stage")).toMatchObject([{ DeploymentId: deployment?.["DeploymentId"] }]);
});
