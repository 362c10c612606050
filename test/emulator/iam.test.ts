import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { AWS } from "../../src/index.ts";
import { changeOf, cloud } from "../support/run.ts";
import { openDesk, refusalOf } from "../support/emulator/desk.ts";

const named = { TypeName: "AWS::Demo::Named" };

test.each([
  ["GetResource", { ...named, Identifier: "a" }, "cloudformation:GetResource"],
  ["ListResources", named, "cloudformation:List*"],
  ["CreateResource", { ...named, DesiredState: '{"Name":"b"}' }, "cloudformation:*"],
  ["UpdateResource", { ...named, Identifier: "a", PatchDocument: "[]" }, "CloudFormation:updateresource"],
  ["DeleteResource", { ...named, Identifier: "a" }, "*"],
  ["ListResourceRequests", {}, "cloudformation:ListResourceRequests"],
])("%s is refused at once where its action is denied", async (api, body, pattern) => {
  const { send, emulator } = await openDesk({ deny: [pattern] });
  emulator.put("AWS::Demo::Named", { Name: "a" });
  expect(refusalOf(await send(api, body))).toEqual({
    status: 400,
    type: "com.amazon.coral.service#AccessDeniedException",
    message: expect.stringMatching(
      `^User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: cloudformation:${api} on resource: `,
    ) as string,
  });
  expect(emulator.resources()).toHaveLength(1);
});

test("one denied action leaves the others", async () => {
  const { create, read } = await openDesk({ deny: ["cloudformation:DeleteResource", "sqs:*"] });
  expect((await create("AWS::Demo::Named", { Name: "a" })).OperationStatus).toBe("SUCCESS");
  expect(await read("AWS::Demo::Named", "a")).toMatchObject({ Name: "a" });
});

test("what a handler may not do ends its operation, or is refused where it reads", async () => {
  const { create, send, emulator } = await openDesk({ deny: ["demo:*"] });
  emulator.put("AWS::Demo::Named", { Name: "a" });
  expect(await create("AWS::Demo::Named", { Name: "b" })).toMatchObject({
    OperationStatus: "FAILED",
    ErrorCode: "AccessDenied",
    StatusMessage: expect.stringContaining("is not authorized to perform: demo:CreateNamed") as string,
  });
  for (const [api, body] of [
    ["GetResource", { ...named, Identifier: "a" }],
    ["ListResources", named],
  ] as const) {
    const { type, message } = refusalOf(await send(api, body));
    expect(type).toBe("com.amazon.coral.service#AccessDeniedException");
    expect(message).toContain("HandlerErrorCode: AccessDenied");
  }
  expect(emulator.resources()).toHaveLength(1);
});

test("a script is told ACCESS_DENIED and which permission it lacks, and goes on once it has it", async () => {
  let deny: readonly string[] = ["sqs:CreateQueue"];
  const { deploy } = await cloud({ deny: () => deny });
  const queue = (): Promise<unknown> => AWS.SQS.Queue("q", { QueueName: "q" });
  const { error } = changeOf(await deploy(queue), "q");
  expect(error).toMatchObject({ code: "ACCESS_DENIED" });
  expect(error?.message).toContain("sqs:CreateQueue");
  deny = ["cloudformation:CreateResource"];
  expect(changeOf(await deploy(queue), "q").error?.message).toContain("cloudformation:CreateResource");
  deny = [];
  expect(changeOf(await deploy(queue), "q").move).toBe("create");
});

test("API Gateway and DescribeType go by their own actions", async () => {
  const emulator = await startEmulator({ deny: ["apigateway:GET", "cloudformation:DescribeType"] });
  const headers = { authorization: "AWS4-HMAC-SHA256 Credential=test" };
  expect((await fetch(`${emulator.url}/v2/apis`, { headers })).status).toBe(403);
  expect((await fetch(`${emulator.url}/restapis`, { headers })).status).toBe(403);
  const form = {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
  };
  const describe = await fetch(emulator.url, {
    ...form,
    body: "Action=DescribeType&Version=2010-05-15&Type=RESOURCE&TypeName=AWS::SQS::Queue",
  });
  expect(await describe.text()).toContain("<Code>AccessDeniedException</Code>");
  await emulator.close();
});
