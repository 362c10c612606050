import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/index.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";
import { errorsIn, problemsOf } from "../../../src/schema/validate.ts";
import { changeOf, cloud } from "../../support/run.ts";

describe("what is known to be wrong is refused before anything is sent", () => {
  test.each<[string, string, () => Promise<unknown>]>([
    [
      "a number's text that is none",
      "/DelaySeconds",
      // @ts-expect-error: no number
      () => AWS.SQS.Queue("q", { DelaySeconds: "abc" }),
    ],
    ["too long a name", "/QueueName", () => AWS.SQS.Queue("q", { QueueName: "q".repeat(200) })],
    ["a name with a space", "/QueueName", () => AWS.SQS.Queue("q", { QueueName: "a b" })],
    [
      "a value of no enumeration",
      "/VersioningConfiguration/Status",
      () => AWS.S3.Bucket("q", { VersioningConfiguration: { Status: "NOPE" as never } }),
    ],
    [
      "a boolean's text that is none",
      "/FifoQueue",
      // @ts-expect-error: no boolean
      () => AWS.SQS.Queue("q", { FifoQueue: "perhaps" }),
    ],
  ])("%s", async (_, path, program) => {
    const { deploy, emulator } = await cloud();
    const { error } = changeOf(await deploy(program), "q");
    expect(error).toMatchObject({ code: "VALIDATION", message: expect.stringContaining(path) });
    expect(emulator.resources()).toEqual([]);
  });
});

describe("limits of a schema", () => {
  const facts = (Held: object) => factsFromSchema({ typeName: "A::B::C", properties: { Held } });
  test.each<[string, object, string | number | string[], string]>([
    ["pattern", { type: "string", pattern: "^[a-z]+$" }, "A", "^[a-z]+$"],
    ["length", { type: "string", maxLength: 3 }, "abcd", "at most 3 characters"],
    ["range", { type: "integer", minimum: 2, maximum: 3 }, 4, "at least 2 and at most 3"],
    ["enumeration", { type: "string", enum: ["A", "B"] }, "C", "one of A, B"],
    ["items", { type: "array", minItems: 2, items: { type: "string" } }, ["a"], "at least 2 items"],
  ])("a %s is named", (_, shape, Held, rule) => {
    const [error] = errorsIn(facts(shape), { Held });
    expect(error?.path).toBe("/Held");
    expect(error?.message).toContain(rule);
  });

  test("a pattern that JavaScript reads otherwise is only warned of", () => {
    const held = facts({ type: "string", pattern: "^\\p{Alpha}+$" });
    expect(problemsOf(held, { Held: "1" }).filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
