import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { cloud } from "../../support/run.ts";

const first = async (rows: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const row of rows) return row;
  return undefined;
};

const studio = {
  StudioName: "s",
  DisplayName: "s",
  AdminRoleArn: "arn:aws:iam::1:role/a",
  UserRoleArn: "arn:aws:iam::1:role/u",
};

/** Types that AWS lists and Cloud Control has no handlers for, each with what may be asked of it. */
const unserved: readonly (readonly [how: string, ask: () => Promise<unknown>])[] = [
  ["a DAX subnet group", () => AWS.DAX.SubnetGroup("x", { SubnetIds: ["subnet-1"] })],
  ["a DAX subnet group to adopt", () => AWS.DAX.SubnetGroup("x", { SubnetIds: ["subnet-1"], adopt: true })],
  [
    "an AppStream association",
    () => AWS.AppStream.StackFleetAssociation("x", { FleetName: "f", StackName: "s" }),
  ],
  [
    "an EMR instance group",
    () =>
      AWS.EMR.InstanceGroupConfig("x", {
        InstanceCount: 1,
        InstanceRole: "TASK",
        InstanceType: "m5",
        JobFlowId: "j",
      }),
  ],
  ["a NimbleStudio studio", () => AWS.NimbleStudio.Studio("x", studio)],
  ["get", () => AWS.DAX.SubnetGroup.get("x")],
  ["find", () => AWS.DAX.SubnetGroup.find({ SubnetGroupName: "x" })],
  ["list", () => first(AWS.DAX.SubnetGroup.list())],
  ["update", () => AWS.DAX.SubnetGroup.update("x", { Description: "y" })],
  ["delete", () => AWS.DAX.SubnetGroup.delete("x")],
  [
    "a resource by its type's name",
    () =>
      CloudControlResource("x", { TypeName: "AWS::DAX::SubnetGroup", DesiredState: { SubnetIds: ["s"] } }),
  ],
];

describe("a type that nothing serves", () => {
  test.each(unserved)("is refused with the reason before anything is sent: %s", async (_, ask) => {
    for (const phase of ["plan", "deploy"] as const) {
      const here = await cloud();
      const failures: unknown[] = [];
      await here.deploy(() => ask().catch((error: unknown) => void failures.push(error)), { phase });
      expect(failures).toEqual([
        expect.objectContaining({
          code: "UNSUPPORTED_TYPE",
          what: "Cloud Control has no handlers for this type",
          advice: expect.stringContaining("CloudFormation"),
        }),
      ]);
      expect(here.emulator.calls.filter(({ api }) => api !== "cloudformation:DescribeType")).toEqual([]);
    }
  });

  test("is refused by the service as well, for those who ask it by themselves", async () => {
    const { emulator } = await cloud();
    const asked = await fetch(emulator.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "CloudApiService.CreateResource",
        authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cloudcontrolapi/aws4_request",
      },
      body: JSON.stringify({ TypeName: "AWS::DAX::SubnetGroup", DesiredState: '{"SubnetIds":["s"]}' }),
    });
    expect(asked.status).toBe(400);
    expect(await asked.text()).toContain("UnsupportedActionException");
  });
});

test("a type that has no list says so before it is asked, and is still read by its identifier", async () => {
  const here = await cloud();
  const asks = [
    () => first(AWS.IAM.RolePolicy.list()),
    () => AWS.IAM.RolePolicy.find({ RoleName: "r" }),
    () => first(AWS.ApiGateway.Account.list()),
  ];
  const codes: unknown[] = [];
  await here.deploy(async () => {
    for (const ask of asks) codes.push(await ask().catch(({ code }: { code: string }) => code));
    codes.push(await AWS.IAM.RolePolicy.get("p|r").catch(({ code }: { code: string }) => code));
  });
  expect(codes).toEqual(["UNSUPPORTED_TYPE", "UNSUPPORTED_TYPE", "UNSUPPORTED_TYPE", "NOT_FOUND"]);
  expect(here.emulator.calls.filter(({ api }) => api === "ListResources")).toEqual([]);
});
