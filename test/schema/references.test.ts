import { expect, test } from "vitest";
import type { Facts } from "../../src/schema/facts.ts";
import { referencedProperty } from "../../src/schema/references.ts";

const facts: Facts = {
  references: {
    "/RoleArn": [
      { type: "AWS::SSO::PermissionSet", property: "PermissionSetArn" },
      { type: "AWS::IAM::Role", property: "Arn" },
    ],
    "/SubnetIds/*": [{ type: "AWS::EC2::Subnet", property: "SubnetId" }],
  },
};

test.each([
  ["/RoleArn", { type: "AWS::IAM::Role", outputs: { RoleArn: "no", Arn: "yes" } }, "Arn"],
  ["/SubnetIds/1", { type: "AWS::EC2::Subnet", outputs: { SubnetId: "s" } }, "SubnetId"],
  ["/ApiId", { type: "AWS::ApiGatewayV2::Api", outputs: { ApiId: "a" } }, "ApiId"],
  ["/Target/ApiId", { type: "AWS::ApiGatewayV2::Api", outputs: { ApiId: "a" } }, "ApiId"],
  ["/RoleArn", { type: "AWS::S3::Bucket", outputs: { Arn: "a" } }, undefined],
  ["/toString", { type: "AWS::S3::Bucket", outputs: { Arn: "a" } }, undefined],
])("a resource passed at %s (%j) means its %s", (pointer, target, expected) => {
  expect(referencedProperty(facts, pointer, target)).toBe(expected);
});
