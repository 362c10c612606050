import { describe, expect, test } from "vitest";
import { openDesk } from "../../support/emulator/desk.ts";

const cidr = { CidrBlock: "10.0.0.0/16" };

describe("AWS::EC2::VPC", () => {
  test("gets its id, its defaults and its companions from the service", async () => {
    const { emulator } = await openDesk();
    const { Identifier: id, Properties: shown } = emulator.put("AWS::EC2::VPC", cidr);
    expect(id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(shown).toMatchObject({
      InstanceTenancy: "default",
      EnableDnsSupport: true,
      EnableDnsHostnames: false,
      DefaultSecurityGroup: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
      CidrBlockAssociations: [expect.stringMatching(/^vpc-cidr-assoc-[0-9a-f]{17}$/)],
    });
  });

  test("needs a valid block", async () => {
    const { emulator } = await openDesk();
    expect(() => emulator.put("AWS::EC2::VPC", {})).toThrow("must be provided");
    expect(() => emulator.put("AWS::EC2::VPC", { CidrBlock: "10.0" })).toThrow("not a valid CIDR block");
  });

  test("cannot be deleted while something stands in it", async () => {
    const desk = await openDesk();
    const { Identifier: vpc } = desk.emulator.put("AWS::EC2::VPC", cidr);
    const { Identifier: subnet } = desk.emulator.put("AWS::EC2::Subnet", {
      VpcId: vpc,
      CidrBlock: "10.0.0.0/24",
    });
    expect(await desk.remove("AWS::EC2::VPC", vpc)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "InvalidRequest",
      StatusMessage: `The vpc '${vpc}' has dependencies and cannot be deleted.`,
    });
    desk.emulator.remove("AWS::EC2::Subnet", subnet);
    expect(await desk.remove("AWS::EC2::VPC", vpc)).toMatchObject({ OperationStatus: "SUCCESS" });
  });
});

describe("AWS::EC2::Subnet", () => {
  test("stands in a VPC that is there", async () => {
    const desk = await openDesk();
    expect(
      await desk.create("AWS::EC2::Subnet", { VpcId: "vpc-none", CidrBlock: "10.0.0.0/24" }),
    ).toMatchObject({
      ErrorCode: "NotFound",
      StatusMessage: expect.stringContaining("The vpc ID 'vpc-none' does not exist"),
    });
  });
});

describe("AWS::EC2::SecurityGroup", () => {
  test("lets everything out by default, and reads rules back in its own order", async () => {
    const { emulator } = await openDesk();
    const { Identifier: id, Properties: shown } = emulator.put("AWS::EC2::SecurityGroup", {
      GroupDescription: "d",
      SecurityGroupIngress: [
        { IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIp: "10.0.0.0/8" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" },
        { IpProtocol: "-1", CidrIp: "10.1.0.0/16" },
      ],
    });
    expect(shown).toMatchObject({
      Id: id,
      GroupId: id,
      SecurityGroupEgress: [{ CidrIp: "0.0.0.0/0", IpProtocol: "-1", FromPort: -1, ToPort: -1 }],
    });
    expect(shown["SecurityGroupIngress"]).toEqual([
      { IpProtocol: "-1", CidrIp: "10.1.0.0/16", FromPort: -1, ToPort: -1 },
      { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" },
      { IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIp: "10.0.0.0/8" },
    ]);
  });

  test("has a name of its own within its VPC", async () => {
    const { emulator } = await openDesk();
    const { Identifier: vpc } = emulator.put("AWS::EC2::VPC", cidr);
    const desired = { GroupDescription: "d", GroupName: "web", VpcId: vpc };
    emulator.put("AWS::EC2::SecurityGroup", desired);
    expect(() => emulator.put("AWS::EC2::SecurityGroup", desired)).toThrow("already exists for VPC");
  });
});
