import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const group = (id: string, more: object = {}) => AWS.Logs.LogGroup(id, { LogGroupName: id, ...more });
const nothing = (): Promise<void> => Promise.resolve();
const drift = { phase: "drift" } as const;

describe("drift", () => {
  test("tells what is the same, drifted, missing, and not comparable and why", async () => {
    let denied = false;
    const { deploy, emulator } = await cloud({
      faults: ({ api, body }) =>
        denied && api === "GetResource" && JSON.stringify(body).includes("closed")
          ? { error: { type: "AccessDeniedException", message: "not you" } }
          : undefined,
    });
    await deploy(async () => {
      await group("same", { RetentionInDays: 7 });
      await group("changed", { RetentionInDays: 7 });
      await group("gone");
      await group("closed");
    });
    emulator.change("AWS::Logs::LogGroup", "changed", (now) => ({ ...now, RetentionInDays: 30 }));
    emulator.change("AWS::Logs::LogGroup", "same", (now) => ({ ...now, Tags: [{ Key: "a", Value: "b" }] }));
    emulator.remove("AWS::Logs::LogGroup", "gone");
    denied = true;
    const before = emulator.calls.length;
    const report = await deploy(nothing, drift);
    expect(changeOf(report, "same").drift).toBe("same");
    expect(changeOf(report, "changed")).toMatchObject({ drift: "drifted", paths: ["/RetentionInDays"] });
    expect(changeOf(report, "gone").drift).toBe("missing");
    expect(changeOf(report, "closed")).toMatchObject({ drift: "not comparable" });
    expect(changeOf(report, "closed").why).toContain("not you");
    expect(emulator.calls.slice(before).every(({ api }) => !/Create|Update|Delete/.test(api))).toBe(true);
  });

  test("is none where AWS itself has moved a value, and says so", async () => {
    const { deploy, emulator } = await cloud();
    const service = (DesiredCount: number) => (): Promise<unknown> =>
      AWS.AutoScaling.AutoScalingGroup("fleet", {
        AutoScalingGroupName: "fleet",
        MinSize: "1",
        MaxSize: "9",
        DesiredCapacity: String(DesiredCount),
      });
    await deploy(service(2));
    emulator.change("AWS::AutoScaling::AutoScalingGroup", "fleet", (now) => ({
      ...now,
      DesiredCapacity: "5",
    }));
    const report = await deploy(nothing, drift);
    expect(changeOf(report, "fleet")).toMatchObject({
      drift: "same",
      why: "moved by AWS: /DesiredCapacity",
    });
    expect(changeOf(await deploy(service(2), { refresh: true }), "fleet").move).toBe("nothing");
    expect(changeOf(await deploy(service(3)), "fleet").move).toBe("update");
  });

  test("accepted is recorded, so that the next plan shows how the script differs", async () => {
    const { deploy, emulator } = await cloud();
    const program = async (): Promise<void> => {
      await group("changed", { RetentionInDays: 7 });
      await group("gone");
    };
    await deploy(program);
    emulator.change("AWS::Logs::LogGroup", "changed", (now) => ({ ...now, RetentionInDays: 30 }));
    emulator.remove("AWS::Logs::LogGroup", "gone");
    await deploy(nothing, { ...drift, accept: true });
    expect((await deploy(nothing, drift)).changes.map((change) => change.drift)).toEqual(["same"]);
    expect(movesOf(await deploy(program, { phase: "plan" }))).toEqual(["changed: update", "gone: create"]);
    const agreed = () => group("changed", { RetentionInDays: 30 });
    expect(movesOf(await deploy(agreed, { phase: "plan" }))).toEqual(["changed: nothing"]);
  });

  test("of a secret that live shows is seen, and never spelled out", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() =>
      AWS.SSM.Parameter("token", { Name: "/t", Type: "String", Value: secret("hunter2-hunter2") }),
    );
    expect(changeOf(await deploy(nothing, drift), "token").drift).toBe("same");
    emulator.change("AWS::SSM::Parameter", "/t", (now) => ({ ...now, Value: "swordfish-swordfish" }));
    const report = await deploy(nothing, drift);
    expect(changeOf(report, "token").drift).toBe("drifted");
    expect(JSON.stringify(report)).not.toMatch(/hunter2|swordfish/);
  });

  test("of a value that live never shows is not told: nobody can see it", async () => {
    const { deploy } = await cloud();
    await deploy(() => AWS.SecretsManager.Secret("s", { Name: "s", SecretString: "hunter2-hunter2" }));
    expect(changeOf(await deploy(nothing, drift), "s").drift).toBe("same");
  });
});
