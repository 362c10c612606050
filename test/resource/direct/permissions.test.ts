import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import type { Props } from "../../../src/json.ts";
import { cloud } from "../../support/run.ts";
import { asked, cloudOf, probe } from "../../support/resource/probe.ts";

const Probe = resourceFunction<Props, Props, "Id">(probe.typeName);

describe("permissions", () => {
  test("are what the registry's schema lists for each handler", async () => {
    const made = await cloudOf([probe]);
    expect(await asked(made, () => Probe.permissions())).toEqual({
      create: ["acme:CreateProbe"],
      read: ["acme:GetProbe"],
      update: ["acme:UpdateProbe", "acme:GetProbe"],
      delete: ["acme:DeleteProbe"],
      list: ["acme:ListProbes"],
    });
  });

  test("are not guessed where the registry does not tell", async () => {
    const made = await cloud({
      faults: ({ api }) =>
        api === "cloudformation:DescribeType"
          ? { error: { type: "AccessDenied", message: "not authorized", status: 403 } }
          : undefined,
    });
    await made.deploy(() =>
      expect(AWS.SQS.Queue.permissions()).rejects.toMatchObject({
        type: "AWS::SQS::Queue",
        what: expect.stringContaining("registry did not tell"),
        advice: expect.stringContaining("cloudformation:DescribeType"),
      }),
    );
  });
});
