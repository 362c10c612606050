import type { Check, Json } from "await-aws";

const everybody = ["0.0.0.0/0", "::/0"];
/** What may be open to everybody: a web server's ports. */
const open = [80, 443];

/** Refuses a security group that lets everybody in on other ports than those of the web. */
export const noOpenSecurityGroup: Check = ({ type, move, desired }) => {
  if (move === "delete" || move === "forget") return undefined;
  const rules =
    type === "AWS::EC2::SecurityGroup"
      ? listOf(desired["SecurityGroupIngress"])
      : type === "AWS::EC2::SecurityGroupIngress"
        ? [desired]
        : [];
  return rules.filter(isOpen).map((rule) => `it is open to everybody: ${JSON.stringify(rule)}`);
};

function isOpen(rule: Json): boolean {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return false;
  const of = new Map<string, Json>(Object.entries(rule));
  const isForAll = [of.get("CidrIp"), of.get("CidrIpv6")].some((range) => everybody.includes(String(range)));
  const [from, to] = [Number(of.get("FromPort") ?? 0), Number(of.get("ToPort") ?? 65_535)];
  return isForAll && !(from === to && open.includes(from));
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
