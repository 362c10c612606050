import { describe, expect, test } from "vitest";
import { openDesk, refusalOf, refused } from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

describe("GetResource", () => {
  test("answers the type, the identifier and the properties as JSON text", async () => {
    const desk = await openDesk();
    await desk.create(named, { Name: "a", Notes: "x" });
    const { body } = await desk.send("GetResource", { TypeName: named, Identifier: "a" });
    expect(body).toEqual({
      TypeName: named,
      ResourceDescription: { Identifier: "a", Properties: expect.any(String) },
    });
    expect(await desk.read(named, "a")).toEqual({
      Name: "a",
      Notes: "x",
      Arn: "arn:aws:demo:us-east-1:123456789012:named/a",
    });
  });

  test("never shows write-only values, nor an object that held nothing else", async () => {
    const desk = await openDesk();
    await desk.create(named, {
      Name: "a",
      Secret: "s",
      Box: { Hidden: "h" },
      Parts: [
        { Label: "one", Hidden: "h" },
        { Label: "two", Hidden: "h" },
      ],
    });
    const shown = await desk.read(named, "a");
    expect(shown).not.toHaveProperty("Secret");
    expect(shown).not.toHaveProperty("Box");
    expect(shown).toMatchObject({ Parts: [{ Label: "one" }, { Label: "two" }] });
    expect(JSON.stringify(shown)).not.toContain("Hidden");
  });

  test("refuses what is not there in the words of the handler", async () => {
    const { send } = await openDesk();
    const text =
      /^AWS::Demo::Named Handler returned status FAILED: Resource of type 'AWS::Demo::Named' with identifier 'a' was not found\. \(HandlerErrorCode: NotFound, RequestToken: [0-9a-f-]{36}\)$/;
    expect(refusalOf(await send("GetResource", { TypeName: named, Identifier: "a" }))).toEqual(
      refused("ResourceNotFoundException", expect.stringMatching(text)),
    );
  });

  test("does not see a new resource at once when reads are stale", async () => {
    const desk = await openDesk({ staleReadMs: 5000 });
    expect(await desk.create(named, { Name: "a" })).toMatchObject({ OperationStatus: "SUCCESS" });
    expect((await desk.send("GetResource", { TypeName: named, Identifier: "a" })).status).toBe(400);
    const listed = await desk.send("ListResources", { TypeName: named });
    expect(listed.body.ResourceDescriptions).toEqual([]);
    desk.wait(5000);
    expect(await desk.read(named, "a")).toMatchObject({ Name: "a" });
  });
});
