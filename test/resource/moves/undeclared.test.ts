import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud } from "../../support/run.ts";

const queue = (more: object) => () => AWS.SQS.Queue("jobs", { QueueName: "jobs", ...more });

/** A service that refuses every update in which a value of its own stays, in these words. */
const refusing = (message: string, leaves: RegExp = /"op":"remove","path":"\/MaximumMessageSize"/) =>
  cloud({
    faults: ({ api, body }) =>
      api === "UpdateResource" && !leaves.test(JSON.stringify(body).replaceAll("\\", ""))
        ? { error: { type: "com.amazon.cloudapiservice#InvalidRequestException", message } }
        : undefined,
  });

describe("an update that is refused for what the script does not state", () => {
  test.each([
    ["a pointer", "Model validation failed (#/MaximumMessageSize: expected minimum: 1)"],
    ["a pointer in brackets", "Invalid request [#/MaximumMessageSize: -1 is not valid]"],
    ["the registry's pointer", "The value at /properties/MaximumMessageSize is not allowed"],
    ["an extraneous key", "#: extraneous key [MaximumMessageSize] is not permitted"],
    ["the property's name", "Property MaximumMessageSize cannot be combined with that"],
    [
      "its name in quotes",
      "1 validation error detected: Value '' at 'maximumMessageSize' failed to satisfy constraint",
    ],
    ["its name in double quotes", 'The parameter "MaximumMessageSize" is not valid here'],
  ])("is sent once more without it, which is told, where it is named by %s", async (_, message) => {
    const { deploy, emulator, events } = await refusing(message);
    await deploy(queue({ DelaySeconds: 1 }));
    const [made] = emulator.resources();
    if (!made) throw new Error("no queue");
    emulator.change(made.TypeName, made.Identifier, (model) => ({ ...model, MaximumMessageSize: 2048 }));
    const report = await deploy(queue({ DelaySeconds: 2 }));
    expect(changeOf(report, "jobs").error).toBeUndefined();
    expect(changeOf(report, "jobs").move).toBe("update");
    expect(report.calls["UpdateResource"]).toBe(2);
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(2);
    expect(events).toContainEqual(
      expect.objectContaining({
        name: "warning",
        message: expect.stringContaining("/MaximumMessageSize was refused"),
      }),
    );
  });

  test.each([
    ["what the script states", "Property DelaySeconds is wrong", /never/],
    ["that beside what it does not", "DelaySeconds and MaximumMessageSize exclude each other", /never/],
    ["the name, which is fixed", "Property QueueName is wrong", /never/],
    ["what AWS alone sets", "Property Arn is wrong", /never/],
    ["nothing that is there", "Property KmsMasterKeyId is wrong", /never/],
    ["nothing at all", "no", /never/],
  ])("fails at once where the refusal names %s", async (_, message, leaves) => {
    const { deploy } = await refusing(message, leaves);
    await deploy(queue({ DelaySeconds: 1 }));
    const report = await deploy(queue({ DelaySeconds: 2 }));
    expect(changeOf(report, "jobs").error?.code).toBe("INVALID_REQUEST");
    expect(report.calls["UpdateResource"]).toBe(1);
  });

  test("never takes out what the script states, changed or not", async () => {
    const { deploy } = await refusing("Property MaximumMessageSize is wrong", /never/);
    await deploy(queue({ DelaySeconds: 1, MaximumMessageSize: 2048 }));
    const report = await deploy(queue({ DelaySeconds: 2, MaximumMessageSize: 2048 }));
    expect(changeOf(report, "jobs").error?.code).toBe("INVALID_REQUEST");
    expect(report.calls["UpdateResource"]).toBe(1);
  });

  test("is learned from one place at a time, where the service names one at a time", async () => {
    const echoes = ["MaximumMessageSize", "VisibilityTimeout", "ReceiveMessageWaitTimeSeconds"];
    const { deploy, emulator } = await cloud({
      faults: ({ api, body }) => {
        if (api !== "UpdateResource") return undefined;
        const sent = JSON.stringify(body).replaceAll("\\", "");
        const left = echoes.find((name) => !sent.includes(`"op":"remove","path":"/${name}"`));
        const message = `${left} cannot be specified for this resource (Service: Sqs, Status Code: 400)`;
        return left === undefined
          ? undefined
          : { error: { type: "com.amazon.cloudapiservice#InvalidRequestException", message } };
      },
    });
    await deploy(queue({ DelaySeconds: 1 }));
    const report = await deploy(queue({ DelaySeconds: 2 }));
    expect(changeOf(report, "jobs")).toMatchObject({ move: "update" });
    expect(report.calls["UpdateResource"]).toBe(4);
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(2);
  });

  test("fails with the first refusal where the second try is refused as well", async () => {
    const { deploy, emulator } = await refusing("Property MaximumMessageSize is wrong", /never/);
    await deploy(queue({ DelaySeconds: 1 }));
    const [made] = emulator.resources();
    if (!made) throw new Error("no queue");
    emulator.change(made.TypeName, made.Identifier, (model) => ({ ...model, MaximumMessageSize: 2048 }));
    const report = await deploy(queue({ DelaySeconds: 2 }));
    expect(changeOf(report, "jobs").error?.message).toContain("MaximumMessageSize is wrong");
    expect(report.calls["UpdateResource"]).toBe(2);
  });
});
