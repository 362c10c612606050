import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { propertiesIn } from "../src/cli/type-name.ts";
import { inexactIn, isSure, parseExact } from "../src/json.ts";
import { identifierOf, parseIdentifier } from "../src/schema/identifier.ts";
import { toProps } from "../src/schema/input.ts";
import { parseEntry } from "../src/state/parse.ts";
import { planChange } from "../src/diff/plan.ts";
import { cloudControl } from "../src/cloudcontrol/cloud-control.ts";
import { fakeClock } from "./support/wire/fake-clock.ts";
import { answer, scripted } from "./support/wire/scripted.ts";

/** As no double holds them. */
const inexact = [
  "9007199254740993",
  "-9007199254740993",
  "9223372036854775807",
  "18446744073709551615",
  "12345678901234567890",
  "123456789012345678901234567890",
  "1e400",
  "-1e400",
  "1e-400",
  "1E+309",
  "9007199254740993.0",
  "9007199254740993e0",
  "900719925474099.3e1",
  "3.14159265358979323846",
  "0.1234567890123456789",
];

const exact = [
  "0",
  "-0",
  "1",
  "-1.50",
  "0.1",
  "1e3",
  "1.0",
  "9007199254740991",
  "1e18",
  "1000000000000000000",
  "1.5e300",
  "5e-324",
  "1.7976931348623157e308",
  "0.30000000000000004",
  "0.1000000000000000055511151231257827021181583404541015625",
];

describe("a number in JSON text", () => {
  test.each(inexact)("%s is kept as it is written", (number) => {
    expect(parseExact(`{"a":[${number}],"b":${number}}`)).toEqual({ a: [number], b: number });
    expect(inexactIn(`[1,${number}]`)).toBe(number);
  });

  test.each(exact)("%s is a number", (number) => {
    expect(parseExact(`[${number}]`)).toEqual([Number(number)]);
    expect(inexactIn(`[${number}]`)).toBeUndefined();
  });

  test("that stands in a string stays there", () => {
    const value = { "9007199254740993": 'say "9007199254740993" \\', b: "\\\\1e400" };
    expect(parseExact(JSON.stringify(value))).toEqual(value);
    expect(inexactIn(JSON.stringify(value))).toBeUndefined();
  });

  test("is never rounded, and every other value is read as it was", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = parseExact(text);
        expect(JSON.stringify(read).replaceAll(/"(-?[\d.e+-]+)"/g, "$1")).toBe(
          JSON.stringify(JSON.parse(text)).replaceAll(/"(-?[\d.e+-]+)"/g, "$1"),
        );
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        const read = parseExact(String(number));
        expect(BigInt(typeof read === "number" || typeof read === "string" ? read : NaN)).toBe(number);
      }),
      { examples: [[2n ** 53n], [2n ** 53n + 1n], [2n ** 64n - 1n], [-(2n ** 63n)]] },
    );
  });

  test("of a double's own writing is that double, and a fraction is always sure", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(parseExact(`[${JSON.stringify(number)}]`)).toEqual([number === 0 ? 0 : number]);
        if (!Number.isInteger(number)) expect(isSure(number)).toBe(true);
      }),
    );
  });
});

describe("a number of the script", () => {
  test.each([
    Number("9007199254740993"),
    2 ** 53,
    -(2 ** 53),
    2 ** 64,
    Number("1e400"),
    -Infinity,
    NaN,
    2n ** 53n + 1n,
    2n ** 200n,
  ])("is refused where it may be another than the one meant: %s", (Size) => {
    expect(() => toProps({ a: [{ Size }] })).toThrow(
      expect.objectContaining({ code: "VALIDATION" }) as Error,
    );
  });

  test.each([
    [12n, 12],
    [-5n, -5],
    [BigInt(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
    [10n ** 18n, 1e18],
    [1e18, 1e18],
    [0.1, 0.1],
  ])("is taken where it is certain: %s", (Size, number) => {
    expect(toProps({ Size })).toEqual({ Size: number });
  });
});

test.each(inexact)("a model of AWS that holds %s shows it as it is written", async (number) => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
  const Properties = `{"Id":"a","Size":${number},"List":[{"At":${number}}]}`;
  const description = { Identifier: "a", Properties };
  const server = await scripted(
    answer({ ResourceDescription: description }),
    answer({ ResourceDescriptions: [description] }),
  );
  const control = cloudControl(
    { region: "us-east-1", endpoint: server.url },
    { clock: fakeClock(), concurrency: 1 },
  );
  const live = { Id: "a", Size: number, List: [{ At: number }] };
  expect(await control.read({ TypeName: "AWS::Demo::Named", Identifier: "a" })).toMatchObject({ live });
  for await (const found of control.list({ TypeName: "AWS::Demo::Named" })) expect(found.live).toEqual(live);
});

test.each(inexact)("an entry that holds %s is unreadable rather than rounded", (number) => {
  expect(parseEntry(`{"version":1,"desired":{"Size":${number}}}`, "state/x.json")).toMatchObject({
    code: "STATE_UNREADABLE",
    message: expect.stringContaining(number) as string,
  });
});

test("a number on the command line and in an identifier is not rounded", () => {
  expect(propertiesIn(["Id=9007199254740993"])).toEqual({ Id: "9007199254740993" });
  expect(propertiesIn(['Filter={"Id":9007199254740993}'])).toEqual({ Filter: { Id: "9007199254740993" } });
  const facts = { type: "AWS::Demo::Numbered", primaryIdentifier: ["/Id"] };
  expect(parseIdentifier(facts, '{"Id":9007199254740993}', { slash: false })).toBe("9007199254740993");
  expect(identifierOf(facts, { Id: "9007199254740993" })).toBe("9007199254740993");
});

test("documents that differ in a digit beyond 2^53 differ", () => {
  const facts = { type: "AWS::Demo::Document", jsonDocuments: ["/Body"] };
  const plan = planChange({
    facts,
    prior: undefined,
    live: { Body: '{"a":9007199254740993}' },
    desired: { Body: '{"a":9007199254740992}' },
    adopt: true,
  });
  expect(plan.move).toBe("update");
});
