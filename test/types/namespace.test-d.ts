import { expectTypeOf, test } from "vitest";
import AWS, { CloudControlResource } from "await-aws";
import type { Props } from "await-aws";
import type * as ApiGatewayV2 from "await-aws/ApiGatewayV2";

test("a service of the namespace is what its door has", () => {
  expectTypeOf(AWS.ApiGatewayV2.IntegrationResponse).toEqualTypeOf<typeof ApiGatewayV2.IntegrationResponse>();
});

test("names that do not exist are refused", () => {
  // @ts-expect-error no such service
  void AWS.ApiGatewayV3;
  // @ts-expect-error no such type
  void AWS.S3.Buckett;
});

test("a type without a function of its own takes and gives plain JSON", () => {
  expectTypeOf(
    CloudControlResource("probe", {
      TypeName: "Acme::Monitor::Probe",
      DesiredState: { Url: "x" },
      adopt: true,
    }),
  ).toExtend<Promise<Props>>();
  // @ts-expect-error what is desired is missing
  void CloudControlResource("probe", { TypeName: "Acme::Monitor::Probe" });
});

test("what is recorded is typed as the resource's outputs", () => {
  expectTypeOf(AWS.SQS.Queue.recorded("orders", { app: "shop" })).toEqualTypeOf(
    AWS.SQS.Queue("orders", { QueueName: "orders" }),
  );
  // @ts-expect-error: no option of that name
  void AWS.SQS.Queue.recorded("orders", { apps: "shop" });
});
