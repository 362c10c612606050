import { describe, expect, test } from "vitest";
import { type HostileHabit, type HostileOptions, startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { type Desk, openDesk } from "../support/emulator/desk.ts";

const seeds = Array.from({ length: 24 }, (_, seed) => seed);
const queue = "AWS::SQS::Queue";
const job = { Name: "j", Role: "r", Command: { Name: "glueetl" }, WorkerType: "G.1X", NumberOfWorkers: 2 };

const hostile = (seed: number, ...habits: HostileHabit[]): Promise<Desk> =>
  openDesk({ facts: bundledFacts, hostile: { seed, habits } });

/** What comes of the same steps under each seed. */
const underEach = <T>(habit: HostileHabit, steps: (desk: Desk) => Promise<T>): Promise<T[]> =>
  Promise.all(seeds.map(async (seed) => steps(await hostile(seed, habit))));

async function made(desk: Desk, type: string, desired: Props): Promise<string> {
  const { Identifier = "", OperationStatus } = await desk.create(type, desired);
  expect(OperationStatus).toBe("SUCCESS");
  return Identifier;
}

describe("the option", () => {
  test.each<[unknown, RegExp]>([
    [{ seed: 1, habit: [] }, /hostile has no option "habit", did you mean habits\?/],
    [{ seed: 1, habits: ["echos"] }, /no habit "echos", did you mean echoes\?/],
    [{ seed: 1, habits: ["bananas"] }, /no habit "bananas"; there are stale, /],
    [{ seed: 0.5 }, /a whole number as its seed/],
    [7, /takes its options as an object/],
  ])("%j is refused", async (options, says) => {
    await expect(startEmulator({ hostile: options as HostileOptions })).rejects.toThrow(says);
  });

  test("does the same for the same seed, and nothing where it is not given", async () => {
    const shown = async (desk: Desk): Promise<Props> =>
      (await desk.read("AWS::Glue::Job", await made(desk, "AWS::Glue::Job", job))) as Props;
    const all = async (): Promise<Props[]> =>
      Promise.all(seeds.slice(0, 6).map(async (seed) => shown(await hostile(seed, "echoes"))));
    const first = await all();
    expect(await all()).toEqual(first);
    expect(new Set(first.map((model) => JSON.stringify(model))).size).toBeGreaterThan(2);
    expect(await shown(await openDesk({ facts: bundledFacts }))).toEqual(job);
  });
});

describe("hostile handlers", () => {
  test("show what is new, changed or gone as before for up to an hour, and never longer", async () => {
    const ages = await underEach("stale", async (desk) => {
      const { Identifier = "" } = await desk.create(queue, { QueueName: "q", DelaySeconds: 1 });
      const seen = async (): Promise<unknown> => {
        const { body } = await desk.send("GetResource", { TypeName: queue, Identifier });
        const text = body.ResourceDescription?.Properties;
        return text === undefined ? undefined : (JSON.parse(text) as Props)["DelaySeconds"];
      };
      const first = await seen();
      desk.wait(3_600_000);
      expect(await seen()).toBe(1);
      await desk.update(queue, Identifier, [{ op: "replace", path: "/DelaySeconds", value: 2 }]);
      const second = await seen();
      desk.wait(3_600_000);
      expect(await seen()).toBe(2);
      await desk.remove(queue, Identifier);
      const third = await seen();
      desk.wait(3_600_000);
      expect(await seen()).toBeUndefined();
      return [first, second, third];
    });
    expect(new Set(ages.map(([first]) => first))).toEqual(new Set([undefined, 1]));
    expect(new Set(ages.map(([, second]) => second))).toEqual(new Set([undefined, 1, 2]));
    expect(new Set(ages.map(([, , third]) => third))).toEqual(new Set([undefined, 2]));
  });

  test("refuse what they themselves show, and say what", async () => {
    const desk = await hostile(1, "echoes");
    const Identifier = await made(desk, "AWS::Glue::Job", job);
    expect(await desk.read("AWS::Glue::Job", Identifier)).toMatchObject({ MaxCapacity: 10 });
    const change = { op: "replace", path: "/NumberOfWorkers", value: 3 };
    expect(await desk.update("AWS::Glue::Job", Identifier, [change])).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "InvalidRequest",
      StatusMessage: expect.stringContaining("MaxCapacity cannot be set with WorkerType"),
    });
    const without = { op: "remove", path: "/MaxCapacity" };
    expect(await desk.update("AWS::Glue::Job", Identifier, [change, without])).toMatchObject({
      OperationStatus: "SUCCESS",
    });
    expect(desk.emulator.resources()[0]?.Properties).toEqual({ ...job, NumberOfWorkers: 3 });
  });

  test("leave some removals undone, although they succeed", async () => {
    const left = await underEach("ignores", async (desk) => {
      const Identifier = await made(desk, queue, { QueueName: "q", Tags: [{ Key: "a", Value: "b" }] });
      await desk.update(queue, Identifier, [{ op: "remove", path: "/Tags" }]);
      return desk.emulator.resources()[0]?.Properties["Tags"] !== undefined;
    });
    expect(new Set(left)).toEqual(new Set([true, false]));
  });

  test("spell JSON text and policies anew, to the same meaning", async () => {
    const DashboardBody = '{"widgets":[{"type":"text"}],"start":"-PT3H"}';
    const texts = await underEach("json", async (desk) => {
      const type = "AWS::CloudWatch::Dashboard";
      const { DashboardBody: text } = await desk.read(
        type,
        await made(desk, type, { DashboardName: "d", DashboardBody }),
      );
      expect(JSON.parse(String(text))).toEqual(JSON.parse(DashboardBody));
      return text;
    });
    expect(texts).not.toContain(DashboardBody);
  });

  test("keep no case where the service keeps none, and no order where it has its own", async () => {
    const desk = await hostile(1, "case", "order");
    const type = "AWS::DMS::Endpoint";
    const given = { EndpointIdentifier: "My-Endpoint", EndpointType: "SOURCE", EngineName: "postgres" };
    expect(await desk.read(type, await made(desk, type, given))).toMatchObject({
      EndpointIdentifier: "my-endpoint",
      EndpointType: "source",
    });
    const profile = "AWS::EKS::FargateProfile";
    const Subnets = ["subnet-0a", "subnet-0b", "subnet-0c", "subnet-0d"];
    const name = await made(desk, profile, {
      ClusterName: "c",
      FargateProfileName: "f",
      PodExecutionRoleArn: "r",
      Selectors: [],
      Subnets,
    });
    const { Subnets: shown } = await desk.read(profile, name);
    expect(shown).not.toEqual(Subnets);
    expect((shown as string[]).toSorted()).toEqual(Subnets);
  });

  test("read some write-only values back: as they are, masked, or in another form", async () => {
    const forms = await underEach("secrets", async (desk) => {
      const given = {
        DBInstanceIdentifier: "db",
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        MasterUserPassword: "pass",
      };
      const type = "AWS::RDS::DBInstance";
      return String((await desk.read(type, await made(desk, type, given)))["MasterUserPassword"]).slice(0, 8);
    });
    expect(new Set(forms)).toEqual(new Set(["undefine", "********", "pass", "{digest}"]));
  });

  test("take a restore value at creation alone, changed or not", async () => {
    const desk = await hostile(1, "restores");
    const type = "AWS::RDS::DBInstance";
    const DBSnapshotIdentifier = "snapshot";
    const Identifier = await made(desk, type, {
      DBInstanceIdentifier: "db",
      DBInstanceClass: "db.t3.micro",
      Engine: "postgres",
      DBSnapshotIdentifier,
    });
    const change = { op: "replace", path: "/DBInstanceClass", value: "db.t3.large" };
    const again = { op: "add", path: "/DBSnapshotIdentifier", value: DBSnapshotIdentifier };
    expect(await desk.update(type, Identifier, [change, again])).toMatchObject({ ErrorCode: "NotUpdatable" });
    expect(await desk.update(type, Identifier, [change])).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("generate another secret each time that its generator is sent", async () => {
    const desk = await hostile(1, "generated");
    const type = "AWS::SecretsManager::Secret";
    const secret = (): unknown =>
      desk.emulator.resources()[0]?.Hidden["/SecretString"] ??
      desk.emulator.resources()[0]?.Properties["SecretString"];
    const Identifier = await made(desk, type, { Name: "s", GenerateSecretString: {} });
    const first = secret();
    await desk.update(type, Identifier, [{ op: "add", path: "/Description", value: "d" }]);
    expect(secret()).toBe(first);
    await desk.update(type, Identifier, [
      { op: "add", path: "/GenerateSecretString", value: { PasswordLength: 9 } },
    ]);
    expect(secret()).not.toBe(first);
  });
});
