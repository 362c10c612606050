import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, describe, onTestFinished, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { changeOf, cloud } from "../../support/run.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const bytesUnder = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");

const password = "correct-horse-battery";

const database =
  (MasterUserPassword: string, more: object = {}) =>
  () =>
    AWS.RDS.DBInstance("db", {
      DBInstanceIdentifier: "shop",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: "20",
      MasterUsername: "shop",
      MasterUserPassword,
      ...more,
    });

describe("secrets", () => {
  test("no byte under the state folder contains a password, at any moment", async () => {
    const folder = temporaryFolder();
    const seen: string[] = [];
    const { deploy, emulator } = await cloud(
      {
        faults: () => {
          seen.push(bytesUnder(folder));
          return undefined;
        },
      },
      jsonFileStore(folder),
    );
    const report = await deploy(database(password));
    expect(report.ok).toBe(true);
    expect(emulator.resources()[0]?.Hidden["/MasterUserPassword"]).toBe(password);
    expect([...seen, bytesUnder(folder)].join("\n")).not.toContain(password);
    expect(seen.at(0)).toContain('"intent"');
  });

  test("a changed password is noticed and sent, an unchanged one is not", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(database(password));
    expect((await deploy(database(password))).calls).toEqual({});
    const report = await deploy(database("another-password"));
    expect(changeOf(report, "db").move).toBe("update");
    expect(emulator.resources()[0]?.Hidden["/MasterUserPassword"]).toBe("another-password");
  });

  test("changing something else keeps the password", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(database(password));
    await deploy(database(password, { BackupRetentionPeriod: 7 }));
    expect(emulator.resources()[0]?.Properties["BackupRetentionPeriod"]).toBe(7);
    expect(emulator.resources()[0]?.Hidden["/MasterUserPassword"]).toBe(password);
  });

  test("reports and events show a mask in its place", async () => {
    const { deploy, events } = await cloud();
    await deploy(database(password));
    const report = await deploy(database("another-password"));
    expect(JSON.stringify([report, events])).not.toContain("another-password");
    expect(JSON.stringify(report)).toContain("‹secret›");
  });

  test("secret() hides a value that AWS reads back, and still notices its change", async () => {
    const folder = temporaryFolder();
    const { deploy, emulator } = await cloud({}, jsonFileStore(folder));
    const parameter = (value: string) => () =>
      AWS.SSM.Parameter("token", { Name: "/token", Type: "String", Value: secret(value) });
    await deploy(parameter("t0p-s3cret"));
    expect(bytesUnder(folder)).not.toContain("t0p-s3cret");
    expect((await deploy(parameter("t0p-s3cret"))).calls).toEqual({});
    const report = await deploy(parameter("n3w-s3cret"));
    expect(changeOf(report, "token").move).toBe("update");
    expect(emulator.resources()[0]?.Properties["Value"]).toBe("n3w-s3cret");
    expect(bytesUnder(folder) + JSON.stringify(report)).not.toContain("n3w-s3cret");
  });

  test("the outputs of the script hold what the script passed", async () => {
    const { deploy } = await cloud();
    await deploy(async () => {
      const db = await database(password)();
      expect(db.MasterUserPassword).toBe(password);
    });
  });
});

test("a password that is no longer declared stays in force, and a warning says so", async () => {
  const { deploy, emulator, events } = await cloud();
  await deploy(database(password));
  const { MasterUserPassword: _, ...rest } = {
    DBInstanceIdentifier: "shop",
    DBInstanceClass: "db.t4g.micro",
    Engine: "postgres",
    AllocatedStorage: "20",
    MasterUsername: "shop",
    MasterUserPassword: password,
  };
  await deploy(() => AWS.RDS.DBInstance("db", rest));
  expect(emulator.resources()[0]?.Hidden["/MasterUserPassword"]).toBe(password);
  expect(events).toContainEqual(
    expect.objectContaining({ name: "warning", message: expect.stringContaining("/MasterUserPassword") }),
  );
});

test("a service that quotes a secret is not quoted further, neither in errors nor in events", async () => {
  const message = (text: string) => `Invalid value: ${text} is too weak`;
  const { deploy, events } = await cloud({
    faults: ({ api, count }) =>
      api === "CreateResource"
        ? { failWith: { code: count === 1 ? "Throttling" : "InvalidRequest", message: message(password) } }
        : undefined,
  });
  const failure: unknown = await deploy(async () => {
    await database(password)().catch((error: unknown) => {
      throw new Error("told", { cause: error });
    });
  }).catch((error: unknown) => error);
  expect(inspect([failure, events], { depth: 12 })).toContain("‹secret› is too weak");
  expect(inspect([failure, events], { depth: 12 })).not.toContain(password);
});
