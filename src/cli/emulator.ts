import { type CommandDef, defineCommand } from "citty";
import { startEmulator } from "../emulator/index.ts";

const args = {
  port: { type: "string", default: "4566", description: "port on 127.0.0.1; 0 takes any free one" },
  "operation-ms": { type: "string", default: "100", description: "how long an operation takes, in ms" },
  data: { type: "string", description: "file that keeps the cloud between runs" },
  schemas: { type: "string", description: "file of registry schemas, one JSON document a line, also .gz" },
} as const;

/** `await-aws emulator`: Cloud Control on loopback until it is interrupted; its URL is the only line on stdout. */
export const emulator: CommandDef<typeof args> = defineCommand({
  meta: {
    name: "emulator",
    description: "Runs Cloud Control and API Gateway V2 on 127.0.0.1, for trying without an account.",
  },
  args,
  async run({ args: given }) {
    const started = await startEmulator({
      port: wholeNumber("port", given.port),
      operationMs: wholeNumber("operation-ms", given["operation-ms"]),
      ...(given.data !== undefined && { data: given.data }),
      ...(given.schemas !== undefined && { schemas: given.schemas }),
    });
    process.stdout.write(`${started.url}\n`);
    process.stderr.write(
      `Point scripts here: export AWS_ENDPOINT_URL=${started.url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x\n`,
    );
    const stop = (): void => void started.close().then(() => process.exit(0));
    process.once("SIGINT", stop).once("SIGTERM", stop);
  },
});

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} takes a whole number, not ${JSON.stringify(text)}`);
}
