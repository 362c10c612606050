import { UsageError } from "../errors.ts";
import { type Command, InvalidArgumentError } from "commander";
import { startEmulator } from "../emulator/index.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { tellFailure } from "./failing.ts";

interface EmulatorFlags {
  readonly port: number;
  readonly operationMs: number;
  readonly data?: string;
  readonly schemas?: string;
}

/** `await-aws emulator`: Cloud Control on loopback until it is interrupted; its URL is the only line on stdout. */
export function addEmulator(program: Command): void {
  program
    .command("emulator")
    .description("Run Cloud Control and API Gateway on 127.0.0.1, for trying without an account.")
    .option("--port <n>", "port on 127.0.0.1; 0 takes any free one", fromZero, 4566)
    .option("--operation-ms <ms>", "how long an operation takes", fromZero, 100)
    .option("--data <file>", "file that keeps the cloud between runs")
    .option("--schemas <file>", "file of registry schemas, one JSON document a line, also .gz")
    .addHelpText("after", "\nExample:\n  await-aws emulator --port 0 --data cloud.json")
    .action(
      tellFailure(async ({ port, operationMs, data, schemas }: EmulatorFlags) => {
        const more = { ...(data !== undefined && { data }), ...(schemas !== undefined && { schemas }) };
        const started = await startEmulator({ port, operationMs, ...more }).catch((error: unknown) => {
          throw isInUse(error)
            ? new UsageError(`port ${port} is in use: pass --port 0 for any free one`)
            : error;
        });
        writeOut(`${started.url}\n`);
        writeErr(
          `Point scripts here: export AWS_ENDPOINT_URL=${started.url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x\n`,
        );
        const stop = (): void => void started.close().then(() => process.exit(0));
        process.once("SIGINT", stop).once("SIGTERM", stop);
      }),
    );
}

const isInUse = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EADDRINUSE";

function fromZero(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError("It takes a whole number.");
}
