import { type Behaviours, plain } from "./behaviour.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const ssm: Behaviours = {
  "AWS::SSM::Parameter": {
    writeOnly: ["/Description", "/Tier", "/AllowedPattern", "/Policies"],
    defaults: { Name: "CFN-Parameter-{mixed:12}", DataType: "text" },
    // A name with a leading slash brings the slash of the ARN along.
    made: ({ Name: name }) => ({
      Arn: `arn:aws:ssm:{region}:{account}:parameter${plain(name).startsWith("/") ? "" : "/"}{Name}`,
    }),
    rules: [
      {
        path: "/Type",
        pattern: /^String(List)?$/,
        message: "The parameter type is not supported: CloudFormation creates String and StringList alone.",
      },
      {
        path: "/Name",
        pattern: /^[A-Za-z0-9_.\-/]{1,2048}$/,
        message:
          'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
      },
    ],
  },
};
