import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type PlanFile, planFileIn, planFileOf } from "../../src/app/options/plan-file.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Report } from "../../src/events.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { jsonFileStore, memoryStore } from "../../src/state/index.ts";
import { changeOf, cloud } from "../support/run.ts";

const kept = (report: Report): PlanFile => planFileIn(JSON.stringify(planFileOf(report, Date.now())));

interface Values {
  readonly password?: string;
  readonly token?: string;
  readonly code?: string;
  readonly handler?: string;
}

/** Hidden values of every kind: write-only, marked, inside an object, in a list, and a text equal to a marked one. */
const shop =
  ({ password = "correct-horse", token = "token-number-1", code, handler = "a.b" }: Values = {}) =>
  async (): Promise<void> => {
    await AWS.RDS.DBInstance("db", {
      DBInstanceIdentifier: "shop",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: "20",
      MasterUsername: "shop",
      MasterUserPassword: password,
    });
    await AWS.SSM.Parameter("token", { Name: "token", Type: "String", Value: secret(token) });
    await AWS.SSM.Parameter("copy", { Name: "copy", Type: "String", Value: token });
    if (code !== undefined)
      await AWS.Lambda.Function("fn", {
        FunctionName: "fn",
        Role: "arn:aws:iam::123456789012:role/fn",
        Runtime: "nodejs22.x",
        Handler: handler,
        Code: { ZipFile: code },
      });
    await AWS.Cognito.UserPool("pool", {
      UserPoolName: "pool",
      Policies: { PasswordPolicy: { MinimumLength: 8 } },
      UserPoolTags: { team: secret(token) },
    });
  };

const others: readonly (readonly [string, Values, string, string])[] = [
  ["another password", { password: "another-horse" }, "db", "/MasterUserPassword"],
  ["another marked value", { token: "token-number-2" }, "token", "/Value"],
  ["a password that is nearly the same", { password: "correct-horse " }, "db", "/MasterUserPassword"],
];
const otherCode: typeof others = [["other code", { code: "exports.a = 2" }, "fn", "/Code/ZipFile"]];
const code = "exports.a = 1";

const stores = {
  "that has no key yet": () => memoryStore(),
  "with a key of its own": () => memoryStore({ key: "mine" }),
};

describe.each(Object.keys(stores) as (keyof typeof stores)[])("a plan on a store %s", (of) => {
  const store = stores[of];

  test.each(others)("is not kept to with %s in place of the planned one", async (_, values, id, path) => {
    const { deploy, emulator } = await cloud({}, store());
    const plan = kept(await deploy(shop(), { phase: "plan" }));
    const report = await deploy(shop(values), { plan });
    const { error } = changeOf(report, id);
    expect(error).toMatchObject({ code: "PLAN_MISMATCH" });
    expect(error?.message).toContain(path);
    const text = JSON.stringify([report, plan]);
    for (const value of Object.values(values)) expect(text).not.toContain(value.trim());
    const made = emulator.resources().filter(({ Properties, Hidden }) => {
      const all = JSON.stringify([Properties, Hidden]);
      return Object.values(values).some((value) => all.includes(value));
    });
    expect(made.map(({ TypeName }) => TypeName)).toEqual([]);
  });

  test("is kept to with the very values that were planned, and once more after that", async () => {
    const { deploy } = await cloud({}, store());
    const plan = kept(await deploy(shop(), { phase: "plan" }));
    for (let i = 0; i < 2; i++) {
      const report = await deploy(shop(), { plan });
      expect(report.changes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
    }
  });

  test.each([...others, ...otherCode])(
    "of an update is not kept to with %s either",
    async (_, values, id, path) => {
      const { deploy } = await cloud({}, store());
      await deploy(shop({ password: "the-first-one", token: "the-first-one", code: "// the first one" }));
      const plan = kept(await deploy(shop({ code }), { phase: "plan" }));
      const report = await deploy(shop({ code, ...values }), { plan });
      expect(changeOf(report, id).error).toMatchObject({ code: "PLAN_MISMATCH" });
      expect(changeOf(report, id).error?.message).toContain(path);
    },
  );

  test("of another property is not kept to with another password beside it", async () => {
    const { deploy } = await cloud({}, store());
    await deploy(shop({ code }));
    const plan = kept(await deploy(shop({ code, handler: "c.d" }), { phase: "plan" }));
    const report = await deploy(shop({ handler: "c.d", code: "exports.a = 2" }), { plan });
    expect(changeOf(report, "fn").error).toMatchObject({ code: "PLAN_MISMATCH" });
  });
});

test("a plan made by another key says so plainly, rather than that a value differs", async () => {
  const { deploy, emulator } = await cloud({}, memoryStore({ key: "one" }));
  const plan = kept(await deploy(shop(), { phase: "plan" }));
  const report = await deploy(shop(), { plan, store: memoryStore({ key: "two" }) });
  const { error } = changeOf(report, "db");
  expect(error).toMatchObject({
    code: "PLAN_MISMATCH",
    message: expect.stringContaining("another state key"),
  });
  expect(error?.advice).toContain("AWAIT_AWS_STATE_KEY");
  expect(emulator.resources().map(({ TypeName }) => TypeName)).not.toContain("AWS::RDS::DBInstance");
});

test("a plan file shows neither the values nor digests of them that a plain hash would give", async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const { deploy } = await cloud({}, jsonFileStore(folder));
  const [one, two] = [await deploy(shop(), { phase: "plan" }), await deploy(shop(), { phase: "plan" })];
  const hidden = changeOf(one, "db").hidden?.["/MasterUserPassword"];
  expect(hidden).toMatch(/^salt\./);
  expect(changeOf(two, "db").hidden?.["/MasterUserPassword"]).not.toBe(hidden);
  expect(JSON.stringify(one)).not.toContain("correct-horse");
  expect(fs.existsSync(join(folder, ".key"))).toBe(false);
});
