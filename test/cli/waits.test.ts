import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { project } from "../support/cli/project.ts";
import { ended, start } from "../support/cli/started.ts";

/** A port on loopback that takes whatever is said and never answers; closed, it refuses. */
async function silentPort(): Promise<{ readonly url: string; readonly close: () => Promise<unknown> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on("error", () => undefined).resume());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}`, close };
}

const commands: readonly (readonly string[])[] = [
  ["get", "SQS.Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"],
  ["list", "SQS.Queue"],
  ["find", "SQS.Queue", "QueueName=jobs"],
  ["import", "SQS.Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"],
  ["import", "SQS.Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs", "--write", "--yes"],
  ["import", "--tree", "a1b2c3d4e5"],
  ["list", "ApiGatewayV2.Route", "ApiId=a1b2c3d4e5"],
];

test("what only reads ends within its tries where the endpoint refuses, and says which", async () => {
  const made = await project();
  const port = await silentPort();
  await port.close();
  const outcomes = await Promise.all(
    commands.map((words) => made.runWith({ AWS_ENDPOINT_URL: port.url }, ...words)),
  );
  for (const [i, { code, stdout, stderr }] of outcomes.entries()) {
    const what = commands[i]?.join(" ");
    expect([what, code, stdout]).toEqual([what, 1, ""]);
    expect(stderr).toMatch(/ECONNREFUSED.*\(UNREACHABLE\)\. Check the network and AWS_ENDPOINT_URL/);
    expect(stderr).not.toMatch(/\n +at /);
  }
  expect((await made.run("state", "list")).stdout).toBe("Nothing is recorded.\n");
});

test("what only reads says after 3 s what it waits for where nobody answers", async () => {
  const made = await project();
  const port = await silentPort();
  const env = { AWS_ENDPOINT_URL: port.url, AWAIT_AWS_LOG: "", CI: "1" };
  await Promise.all(
    commands.map(async (words) => {
      const child = start(words, env, made.folder);
      let said = "";
      child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
      const outcome = ended(child);
      await expect
        .poll(() => said, { timeout: 40_000, message: words.join(" ") })
        .toMatch(/^\? waiting for [A-Z]\w+ .*for 3 s: no answer yet$/m);
      child.kill("SIGTERM");
      expect((await outcome).stdout).toBe("");
    }),
  );
});
