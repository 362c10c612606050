import { type Behaviours, changeProperty } from "./behaviour.ts";
import { asObject } from "./policy-document.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const events: Behaviours = {
  "AWS::Events::Rule": {
    defaults: { Name: "{mixed:21}", EventBusName: "default", State: "ENABLED" },
    made: ({ EventBusName: bus }) => ({
      Arn: `arn:aws:events:{region}:{account}:rule/${bus === "default" ? "" : "{EventBusName}/"}{Name}`,
    }),
    notUpdatable: ["/EventBusName"],
    rules: [
      {
        path: "/Name",
        pattern: /^[.\-_A-Za-z0-9]{1,64}$/,
        message:
          "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
      },
    ],
    refuse: ({ EventPattern: pattern, ScheduleExpression: schedule }) =>
      pattern === undefined && schedule === undefined
        ? "Parameter(s) EventPattern or ScheduleExpression must be specified."
        : undefined,
    keep: (model) => changeProperty(model, "EventPattern", asObject),
  },
};
