import { describe, expect, test } from "vitest";
import { type Desk, openDesk, refusalOf, validation } from "../support/emulator/desk.ts";

const pair = "AWS::Demo::Pair";

async function withPair(): Promise<Desk> {
  const desk = await openDesk();
  desk.emulator.put(pair, { Home: "h", Number: 7, Alias: "x" });
  return desk;
}

const get = async (desk: Desk, identifier: string, type = pair) =>
  desk.send("GetResource", { TypeName: type, Identifier: identifier });

describe("an identifier", () => {
  test.each([
    ["its values joined in schema order", "h|7"],
    ["JSON keyed by name", '{"Home":"h","Number":7}'],
    ["JSON in any order", '{"Number":"7","Home":"h"}'],
    ["JSON keyed by pointer", '{"/properties/Home":"h","/properties/Number":"7"}'],
    ["JSON of an additional identifier", '{"Alias":"x"}'],
  ])("may be given as %s, and comes back joined", async (_, identifier) => {
    const desk = await withPair();
    const { body } = await get(desk, identifier);
    expect(body.ResourceDescription).toMatchObject({ Identifier: "h|7" });
  });

  test.each(["h", "h|7|x", "h|", '{"Home":"h"}', '{"Home":"h","Number":7,"Alias":"x"}', '{"Other":"h"}'])(
    "with the wrong parts is refused: %s",
    async (identifier) => {
      const desk = await withPair();
      expect(refusalOf(await get(desk, identifier))).toEqual(
        validation(
          `Identifier ${identifier} is not valid for identifier [/properties/Home, /properties/Number]`,
        ),
      );
    },
  );

  test("of one part is never split", async () => {
    const desk = await openDesk();
    desk.emulator.put("AWS::Demo::Named", { Name: "a|b" });
    expect((await get(desk, "a|b", "AWS::Demo::Named")).status).toBe(200);
  });

  test("is the same one for the lock, however it is written", async () => {
    const desk = await withPair();
    await desk.start("DeleteResource", { TypeName: pair, Identifier: "h|7" });
    const other = await desk.send("DeleteResource", {
      TypeName: pair,
      Identifier: '{"Number":7,"Home":"h"}',
    });
    expect(other.body["__type"]).toContain("#ConcurrentOperationException");
  });
});
