import type { Behaviours } from "./behaviour.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const lambda: Behaviours = {
  "AWS::Lambda::Function": {
    // All that Code holds is write-only, so that the whole of it never shows, although it is required.
    writeOnly: ["/Code", "/SnapStart", "/PublishToLatestPublished"],
    readOnly: ["/SnapStartResponse"],
    defaults: {
      FunctionName: "{mixed:21}",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/{FunctionName}" },
      MemorySize: 128,
      PackageType: "Zip",
      RecursiveLoop: "Terminate",
      RuntimeManagementConfig: { UpdateRuntimeOn: "Auto" },
      Timeout: 3,
      TracingConfig: { Mode: "PassThrough" },
    },
    made: {
      Arn: "arn:aws:lambda:{region}:{account}:function:{FunctionName}",
      SnapStartResponse: { ApplyOn: "None", OptimizationStatus: "Off" },
    },
    rules: [
      {
        path: "/FunctionName",
        pattern: /^[A-Za-z0-9_-]{1,64}$/,
        message:
          "1 validation error detected: Value at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+",
      },
      {
        path: "/Role",
        pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
        message:
          "1 validation error detected: Value at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
      },
    ],
    refuse: ({ PackageType: kind, Runtime: runtime, Handler: entry }) =>
      kind === "Zip" && (runtime === undefined || entry === undefined)
        ? "Runtime and Handler are mandatory parameters for functions created with deployment packages."
        : undefined,
  },
};
