import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startRekey } from "../../../src/app/program.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Listener, Report } from "../../../src/events.ts";
import { installHost } from "../../../src/scope/ambient.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import type { StateStore } from "../../../src/state/index.ts";
import type { Cloud } from "../run.ts";

/** Makes a folder that goes with its test. */
export function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const password = "correct-horse-battery";

/** A database whose password no read shows, a parameter with a marked value, and a queue that hides nothing. */
export const shop =
  (MasterUserPassword: string = password, value: string = "first-value") =>
  async (): Promise<void> => {
    await AWS.RDS.DBInstance("db", {
      DBInstanceIdentifier: "shop",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: "20",
      MasterUsername: "shop",
      MasterUserPassword,
    });
    await AWS.SSM.Parameter("token", { Name: "token", Type: "String", Value: secret(value) });
    await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
  };

/** The text of the key file of a store, if there is one. */
export const keyIn = (folder: string): string | undefined =>
  fs.existsSync(join(folder, ".key")) ? fs.readFileSync(join(folder, ".key"), "utf8") : undefined;

/** All that is recorded of resources in a folder. */
export const stateIn = (folder: string): string =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/(^|[\\/])\./.test(name) && name.endsWith(".json"))
    .toSorted()
    .map((name) => `${name}: ${fs.readFileSync(join(folder, name), "utf8")}`)
    .join("\n");

/** The writes that have reached a cloud. */
export const writesOf = ({ emulator }: Cloud): readonly string[] =>
  emulator.calls.map(({ api }) => api).filter((api) => /^(Create|Update|Delete)Resource$/.test(api));

/** Records what is recorded by the key of today, with the values of a program. */
export async function rekey(here: Cloud, start: () => Promise<unknown>, store: StateStore): Promise<Report> {
  const onEvent: Listener = (event) => here.events.push(event);
  try {
    return await startRekey({ name: "test", start }, { store, endpoint: here.emulator.url, onEvent }).ended;
  } finally {
    installHost(undefined);
  }
}
