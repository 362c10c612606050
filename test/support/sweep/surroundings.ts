import type { Emulator } from "../../../src/emulator/index.ts";
import type { Json } from "../../../src/json.ts";

/** The numbers by which instances of one type differ. */
const variants = [0, 1, 2, 5] as const;

/** What API Gateway refuses to do without: ids of what `surround` puts, by the beginning of a type and by property. */
const places: Readonly<Record<string, Readonly<Record<string, (variant: number) => Json>>>> = {
  "AWS::ApiGatewayV2::ApiMapping": {
    ApiId: (variant) => `api${variant}`,
    DomainName: (variant) => `domain${variant}.example`,
    Stage: () => "around",
  },
  "AWS::DynamoDB::Table": {
    KeySchema: () => [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: () => [{ AttributeName: "id", AttributeType: "S" }],
  },
  "AWS::QuickSight::Template": {
    SourceEntity: () => ({ SourceTemplate: { Arn: "arn:aws:quicksight:::t" } }),
  },
  "AWS::QuickSight::": {
    SourceEntity: () => ({
      SourceTemplate: {
        Arn: "arn:aws:quicksight:::t",
        DataSetReferences: [{ DataSetArn: "arn:aws:quicksight:::d", DataSetPlaceholder: "d" }],
      },
    }),
  },
  "AWS::EC2::Subnet": { VpcId: (variant) => `vpc-${variant}` },
  "AWS::ApiGatewayV2::": {
    ApiId: (variant) => `api${variant}`,
    IntegrationId: (variant) => `integration${variant}`,
    RouteId: (variant) => `route${variant}`,
    IntegrationType: () => "MOCK",
  },
  "AWS::ApiGateway::": {
    RestApiId: (variant) => `rest${variant}`,
    ResourceId: (variant) => `resource${variant}`,
    ParentId: (variant) => `resource${variant}`,
    DeploymentId: (variant) => `deployment${variant}`,
    HttpMethod: (variant) => (variant === 0 ? "GET" : "POST"),
  },
};

/** What services ask for and their schemas do not. */
const asked: Readonly<Record<string, readonly string[]>> = {
  "AWS::ApiGatewayV2::Api": ["Name", "ProtocolType"],
  "AWS::ApiGatewayV2::Integration": ["IntegrationType"],
  "AWS::ApiGateway::Stage": ["DeploymentId"],
  "AWS::Lambda::Function": ["Handler", "Runtime"],
};

/** A value that names something around, where a property of this type has to. */
export function placeFor(type: Json | undefined, name: string, variant: number): Json | undefined {
  const prefix = Object.keys(places).find((one) => typeof type === "string" && type.startsWith(one));
  return places[prefix ?? ""]?.[name]?.(variant);
}

/** The properties that a service needs beyond its schema. */
export const askedOf = (type: string): readonly string[] => asked[type] ?? [];

/** Puts what the types of API Gateway live below: every child below every parent, so that either may change. */
export function surround({ put }: Emulator): void {
  for (const api of variants) {
    put("AWS::EC2::VPC", { VpcId: `vpc-${api}`, CidrBlock: "10.0.0.0/16" });
    put("AWS::ApiGatewayV2::DomainName", { DomainName: `domain${api}.example` });
    const ApiId = `api${api}`;
    put("AWS::ApiGatewayV2::Api", {
      ApiId,
      Name: ApiId,
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const RestApiId = `rest${api}`;
    put("AWS::ApiGateway::RestApi", { RestApiId, Name: RestApiId });
    for (const child of variants) {
      put("AWS::ApiGatewayV2::Integration", {
        ApiId,
        IntegrationId: `integration${child}`,
        IntegrationType: "MOCK",
      });
      put("AWS::ApiGatewayV2::Route", { ApiId, RouteId: `route${child}`, RouteKey: `around-${child}` });
      const ResourceId = `resource${child}`;
      const PathPart = `around-${child}`;
      put("AWS::ApiGateway::Resource", { RestApiId, ResourceId, ParentId: "root", PathPart });
      put("AWS::ApiGateway::Method", {
        RestApiId,
        ResourceId,
        HttpMethod: "PATCH",
        Integration: { Type: "MOCK" },
      });
      put("AWS::ApiGateway::Deployment", { RestApiId, DeploymentId: `deployment${child}` });
    }
  }
}
