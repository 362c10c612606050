import { type Json, isProps } from "../../json.ts";
import { type Behaviours, changeProperty } from "./behaviour.ts";

const addFinalDot = (value: Json): Json =>
  typeof value === "string" && !value.endsWith(".") ? `${value.toLowerCase()}.` : value;

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html */
export const route53: Behaviours = {
  "AWS::Route53::HostedZone": {
    made: {
      Id: "Z{upper:20}",
      NameServers: ["ns-{digits:3}.awsdns-01.org", "ns-{digits:4}.awsdns-02.co.uk"],
    },
    keep: (model) => changeProperty(model, "Name", addFinalDot),
    refuseRemoval: ({ Id }, around) => {
      const own = around("AWS::Route53::RecordSet").filter(({ zone }) => zone === Id);
      const isRequired = (set: Json | undefined): boolean =>
        isProps(set) && (set["Type"] === "SOA" || set["Type"] === "NS");
      return own.every(({ set }) => isRequired(set))
        ? undefined
        : "The specified hosted zone contains non-required resource record sets and so cannot be deleted. (Service: Route53, Status Code: 400)";
    },
  },
};
