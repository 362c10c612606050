import { describe, expect, test } from "vitest";
import { type Body, openDesk, refusalOf, refused } from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

const identifiersIn = (body: Body): string[] => body.ResourceDescriptions.map(({ Identifier }) => Identifier);

describe("ListResources", () => {
  test("shows identifiers, and no properties but those that make them up", async () => {
    const desk = await openDesk();
    desk.emulator.put("AWS::Demo::Pair", { Home: "h", Number: 7, Alias: "x" });
    desk.emulator.put(named, { Name: "a" });
    const { status, body } = await desk.send("ListResources", { TypeName: "AWS::Demo::Pair" });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        TypeName: "AWS::Demo::Pair",
        ResourceDescriptions: [{ Identifier: "h|7", Properties: '{"Home":"h","Number":7}' }],
      },
    });
  });

  test("comes in pages of the size asked, each resource once", async () => {
    const desk = await openDesk();
    const names = Array.from({ length: 5 }, (_, i) => `n${i}`);
    for (const name of names) desk.emulator.put(named, { Name: name });
    const seen: string[] = [];
    let token: unknown;
    do {
      const { body } = await desk.send("ListResources", { TypeName: named, MaxResults: 2, NextToken: token });
      expect(identifiersIn(body).length).toBeLessThanOrEqual(2);
      seen.push(...identifiersIn(body));
      token = body.NextToken;
    } while (token !== undefined);
    expect(seen).toEqual(names);
  });

  test("ends at the last full page", async () => {
    const desk = await openDesk();
    for (const name of ["a", "b"]) desk.emulator.put(named, { Name: name });
    const { body } = await desk.send("ListResources", { TypeName: named, MaxResults: 2 });
    expect(body).not.toHaveProperty("NextToken");
  });

  test("refuses a token that it never gave", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("ListResources", { TypeName: named, NextToken: "abc" }))).toEqual(
      refused("InvalidRequestException", "Invalid request provided: NextToken is not valid"),
    );
  });

  test("holds the model asked for against what a read shows", async () => {
    const desk = await openDesk();
    desk.emulator.put(named, { Name: "a", Notes: "x" });
    desk.emulator.put(named, { Name: "b", Notes: "y" });
    const list = async (model: object) =>
      identifiersIn(
        (await desk.send("ListResources", { TypeName: named, ResourceModel: JSON.stringify(model) })).body,
      );
    expect(await list({ Notes: "y" })).toEqual(["b"]);
    expect(await list({})).toEqual(["a", "b"]);
  });

  test.each([
    ["AWS::ApiGatewayV2::Route", {}, "ApiId"],
    ["AWS::ApiGatewayV2::IntegrationResponse", {}, "ApiId"],
    ["AWS::ApiGatewayV2::IntegrationResponse", { ApiId: "a" }, "IntegrationId"],
    ["AWS::Lambda::Permission", {}, "FunctionName"],
  ])("refuses to list %s below no parent: %o lacks %s", async (type, model, missing) => {
    const { send } = await openDesk();
    const answer = await send("ListResources", { TypeName: type, ResourceModel: JSON.stringify(model) });
    expect(refusalOf(answer)).toEqual(
      refused(
        "InvalidRequestException",
        `Missing or invalid ResourceModel property in ${type} list handler request input. Required property: (#: required key [${missing}] not found)`,
      ),
    );
  });

  test.each(["AWS::Demo::Still", "AWS::ApiGateway::Method", "AWS::IAM::RolePolicy"])(
    "refuses %s, which has no list handler",
    async (type) => {
      const { send } = await openDesk();
      expect(refusalOf(await send("ListResources", { TypeName: type }))).toEqual(
        refused("UnsupportedActionException", `Resource type ${type} does not support LIST action`),
      );
    },
  );
});
