import { expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud } from "../../support/run.ts";

test("a declared list takes the place of the live one whole, and the plan names what goes", async () => {
  const rule = (port: number) => ({
    IpProtocol: "tcp",
    FromPort: port,
    ToPort: port,
    CidrIp: "10.0.0.0/8",
  });
  for (const phase of ["plan", "deploy"] as const) {
    const { deploy, emulator, events } = await cloud();
    const group = { GroupName: "web", GroupDescription: "web" };
    emulator.put("AWS::EC2::SecurityGroup", {
      ...group,
      SecurityGroupIngress: [rule(22), rule(80), rule(443)],
    });
    const program = () =>
      AWS.EC2.SecurityGroup("web", {
        ...group,
        SecurityGroupIngress: [rule(443)],
        adopt: { by: ["GroupName"] },
      });
    const report = await deploy(program, { phase });
    expect(changeOf(report, "web").move).toBe("adopt");
    const losing = events.flatMap((event) =>
      event.name === "warning" && event.message.includes("is declared whole") ? [event.message] : [],
    );
    expect(losing).toEqual([
      expect.stringMatching(/^\/SecurityGroupIngress is declared whole: it loses .*22.*80/),
    ]);
    expect(losing[0]).not.toContain("443");
  }
});
