import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Fault } from "../../src/emulator/index.ts";
import { cloud, movesOf } from "../support/run.ts";
import { refused, settledCloud } from "../support/bad-input/refused.ts";

const queue = () => AWS.SQS.Queue("jobs", { QueueName: "jobs" });

const variables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/** The machine of somebody who has never set up AWS. */
describe("on a machine without", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "await-aws-"));
    writeFileSync(join(folder, "none"), "");
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const unset = (...names: readonly string[]): void => {
    for (const name of names) vi.stubEnv(name, undefined);
  };

  test("a region, the error names the remedy, and how to try without an account", async () => {
    const made = await settledCloud();
    unset(...variables.filter((name) => name.includes("REGION")));
    await refused(
      queue,
      { code: "NO_REGION", advises: /AWS_REGION.*npx await-aws emulator/ },
      { cloud: made },
    );
  });

  test("credentials, the error names the remedy, and how to try without an account", async () => {
    const made = await settledCloud();
    unset(...variables.filter((name) => !name.includes("REGION")));
    const calls = made.emulator.calls.length;
    await refused(
      queue,
      { code: "NO_CREDENTIALS", advises: /AWS_PROFILE.*npx await-aws emulator/ },
      { cloud: made },
    );
    expect(made.emulator.calls).toHaveLength(calls);
  });

  test("the profile that was asked for, the error is one of credentials", async () => {
    const made = await settledCloud();
    unset(...variables.filter((name) => !name.includes("REGION")));
    await refused(
      queue,
      { code: "NO_CREDENTIALS", says: /credentials/ },
      { cloud: made, options: { profile: "nobody" } },
    );
  });
});

describe("credentials that", () => {
  const answers = [
    ["have expired", "ExpiredTokenException", "EXPIRED_CREDENTIALS", /sso login/],
    ["nobody knows", "UnrecognizedClientException", "NO_CREDENTIALS", /AWS_PROFILE/],
    ["do not match their secret", "InvalidSignatureException", "NO_CREDENTIALS", /AWS_PROFILE/],
    ["may not do this", "AccessDeniedException", "ACCESS_DENIED", /permission/],
  ] as const;

  test.each(answers)(
    "%s are refused by the service, and nothing is left behind",
    async (_, type, code, advises) => {
      let refusing = false;
      const faults = (): Fault | undefined => (refusing ? { error: { type, message: "no" } } : undefined);
      const made = await settledCloud({ faults });
      refusing = true;
      await refused(queue, { code, says: /no/, advises }, { cloud: made });
      const update = () => AWS.SQS.Queue("before", { QueueName: "before", DelaySeconds: 2 });
      await refused(update, { code, advises }, { cloud: made });
      expect(movesOf(await made.destroy())).toEqual([`before: ${code}`]);
      refusing = false;
      expect(movesOf(await made.deploy(queue))).toEqual(["jobs: create", "before: delete"]);
    },
  );

  test("expire while an operation is followed leave it to the next run, which settles it", async () => {
    let refusing = true;
    const { deploy, emulator } = await cloud({
      faults: ({ api }) =>
        refusing && api === "GetResourceRequestStatus"
          ? { error: { type: "ExpiredTokenException", message: "expired" } }
          : undefined,
    });
    expect(movesOf(await deploy(queue))).toEqual(["jobs: EXPIRED_CREDENTIALS"]);
    refusing = false;
    expect(movesOf(await deploy(queue))).toEqual(["jobs: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});
