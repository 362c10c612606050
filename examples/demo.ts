// The tour: no AWS account, no credentials. An emulated cloud runs in this process; the scripts beside this one run as
// a user would start them, each as a process of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { startEmulator } from "await-aws/emulator";

const state = mkdtempSync(join(tmpdir(), "await-aws-demo-"));
const emulator = await startEmulator({ operationMs: 300 });

const say = (text = ""): void => void process.stdout.write(`${text}\n`);

say("An empty cloud, into which somebody puts a WebSocket API by hand:");
const api = emulator.put("AWS::ApiGatewayV2::Api", {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
});
const ApiId = api.Identifier;
const integration = emulator.put("AWS::ApiGatewayV2::Integration", { ApiId, IntegrationType: "MOCK" });
const IntegrationId = String(integration.Properties["IntegrationId"]);
const parents = { ApiId, IntegrationId };
emulator.put("AWS::ApiGatewayV2::IntegrationResponse", {
  ...parents,
  IntegrationResponseKey: "$default",
  ResponseTemplates: { "text/plain": "written long ago" },
});
emulator.put("AWS::ApiGatewayV2::IntegrationResponse", { ...parents, IntegrationResponseKey: "/200/" });
show();

/** Starts an example and says what it cost: the calls that reached the cloud meanwhile. */
async function run(
  title: string,
  script: string,
  settings: Record<string, string>,
  args: string[] = [],
): Promise<void> {
  say(`\n── ${title}`);
  const given = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)} `);
  say(`$ ${given.join("")}npx tsx examples/${basename(script)}${args.map((arg) => ` ${arg}`).join("")}`);
  const before = emulator.calls.length;
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    stdio: "inherit",
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: emulator.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "demo",
      AWS_SECRET_ACCESS_KEY: "demo",
      AWAIT_AWS_STATE: state,
      NODE_NO_WARNINGS: "1",
      API_ID: ApiId,
      INTEGRATION_ID: IntegrationId,
      ...settings,
    },
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  const calls = emulator.calls.slice(before).map(({ api: name }) => name.replace(/^.*:/, ""));
  const counts = [...new Set(calls)].map((name) => `${calls.filter((call) => call === name).length} ${name}`);
  say(counts.length === 0 ? "  calls to AWS: none" : `  calls to AWS: ${counts.join(", ")}`);
}

/** Lists the integration responses that the cloud holds now. */
function show(): void {
  for (const { TypeName, Identifier, Properties } of emulator.resources()) {
    if (!TypeName.endsWith("::IntegrationResponse")) continue;
    const {
      IntegrationResponseKey,
      ResponseTemplates = {},
      TemplateSelectionExpression = "none",
    } = Properties;
    say(
      `  ${Identifier}  ${String(IntegrationResponseKey)}  templates ${JSON.stringify(ResponseTemplates)}  selection ${String(TemplateSelectionExpression)}`,
    );
  }
}

const script = join(import.meta.dirname, "adopt-replies.ts");
const table = join(import.meta.dirname, "reconcile-table.ts");
try {
  await run("Adopt one that exists, create one that does not", script, { GREETING: "hello" });
  say("The template written by hand is still there; only what the script declares was added:");
  show();
  await run("Run again: nothing has changed", script, { GREETING: "hello" });
  await run("Edit the template: one update, and its patch", script, { GREETING: "good morning" });
  show();
  await run("Reconcile four responses from a table", table, {});
  await run("Run again", table, {});
  await run("Destroy what the table declared", table, {}, ["--destroy"]);
  show();
} finally {
  await emulator.close();
  rmSync(state, { recursive: true, force: true });
}
