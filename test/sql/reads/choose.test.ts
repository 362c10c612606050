import { describe, expect, test } from "vitest";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import { noteOf } from "../../../src/services/notes.ts";
import { columnsOf } from "../../../src/sql/language/columns.ts";
import type { LiveName } from "../../../src/sql/language/names.ts";
import { type LiveShape, bindingText, chooseReading } from "../../../src/sql/reads/choose.ts";
import { isRowWise } from "../../../src/sql/reads/row-wise.ts";
import { chooseReads, listNeedsOf } from "../../../src/sql/reads/store.ts";
import type { OpenedType } from "../../../src/resource/direct/table.ts";

const response = "AWS::ApiGatewayV2::IntegrationResponse";

function shapeOf(type: string, access: LiveName["access"]): LiveShape {
  const facts = bundledFacts(type) ?? {};
  const listNeeds = listNeedsOf({ facts, note: noteOf(type) });
  return { access, facts, columns: columnsOf(facts, "snake"), listNeeds };
}

/** How a table is asked where these columns are compared, as the way and the names of the columns. */
function choice(shape: LiveShape, names: readonly string[], isUsable = true): string | undefined {
  const offered = names.map((name) => ({
    column: shape.columns.findIndex((column) => column.name === name),
    isEqual: !name.startsWith("!"),
    isUsable,
  }));
  const chosen = chooseReading(shape, offered);
  return chosen && [chosen.way, ...chosen.by.map((column) => shape.columns[column]?.name)].join(" ");
}

describe("how a table is asked", () => {
  const many = shapeOf(response, "many");
  test.each([
    [["data__Identifier"], "by identifier data__Identifier"],
    [["region", "data__Identifier", "api_id"], "by identifier region data__Identifier"],
    [
      ["integration_response_id", "integration_id", "api_id"],
      "by parts api_id integration_id integration_response_id",
    ],
    [["api_id", "integration_id"], "list 2 api_id integration_id"],
    [["integration_id", "region", "api_id"], "list 2 region api_id integration_id"],
    [
      ["api_id", "integration_id", "integration_response_key"],
      "list 2 api_id integration_id integration_response_key",
    ],
    [["api_id"], undefined],
    [[], undefined],
  ])("a list below parents, by %j", (names, way) => {
    expect(choice(many, names)).toBe(way);
  });

  test("no comparison counts that is not known in this order of the join", () => {
    expect(choice(many, ["api_id", "integration_id"], false)).toBeUndefined();
    expect(choice(shapeOf("AWS::SQS::Queue", "many"), ["queue_url"], false)).toBe("list 0");
  });

  test("the singular is asked by the whole identifier alone", () => {
    const one = shapeOf(response, "one");
    expect(choice(one, ["api_id", "integration_id"])).toBeUndefined();
    expect(choice(one, ["data__Identifier"])).toBe("by identifier data__Identifier");
  });

  test("one resource costs less than a list below a parent, and that less than all there are", () => {
    const cost = (type: string, names: readonly string[]): number => {
      const shape = shapeOf(type, "many");
      const offered = names.map((name) => ({
        column: shape.columns.findIndex((column) => column.name === name),
        isEqual: true,
        isUsable: true,
      }));
      return chooseReading(shape, offered)?.cost ?? NaN;
    };
    const [one, below, all] = [
      cost(response, ["data__Identifier"]),
      cost(response, ["api_id", "integration_id"]),
      cost("AWS::SQS::Queue", []),
    ];
    expect(one).toBeLessThan(below);
    expect(below).toBeLessThan(all);
  });

  test("what has to be said is told by the names of columns", () => {
    expect(bindingText(many)).toBe("api_id and integration_id");
    expect(bindingText(shapeOf("AWS::SQS::Queue", "one"))).toBe("data__Identifier = '…', or queue_url");
  });
});

test("many resources of a type are read by its list, a few one by one, and never by a list that takes a parent", () => {
  const type = (name: string, isListed = true): OpenedType =>
    ({ type: name, facts: bundledFacts(name) ?? {}, note: noteOf(name), isListed }) as unknown as OpenedType;
  const [queue, route, unlisted] = [
    type("AWS::SQS::Queue"),
    type("AWS::ApiGatewayV2::Route"),
    type("AWS::SQS::Queue", false),
  ];
  const asked = (of: OpenedType, count: number): { of: OpenedType; identifier: string }[] =>
    Array.from({ length: count }, (_, i) => ({ of, identifier: `${i}` }));
  expect(chooseReads(asked(queue, 25))).toMatchObject({ lists: [], singles: { length: 25 } });
  expect(chooseReads(asked(queue, 26))).toEqual({ lists: [queue], singles: [] });
  expect(chooseReads([...asked(route, 99), ...asked(unlisted, 99)])).toMatchObject({
    lists: [],
    singles: { length: 198 },
  });
});

describe("a statement stands row by row for its table", () => {
  test.each([
    [["VOpen", "VFilter", "VColumn", "ResultRow", "VNext", "Halt"], true],
    [["VOpen", "OpenEphemeral", "IdxInsert", "VFilter", "ResultRow", "VNext"], true],
    [["VOpen", "VFilter", "AggStep", "VNext", "AggFinal", "ResultRow"], false],
    [["SorterOpen", "VOpen", "VFilter", "SorterInsert", "VNext"], false],
    [["VOpen", "VFilter", "Found", "IdxInsert", "ResultRow", "VNext"], false],
    [["VOpen", "VOpen", "VFilter", "VFilter", "ResultRow"], false],
    [["VOpen", "VFilter", "ResultRow", "DecrJumpZero", "VNext"], false],
    [["ResultRow", "Halt"], false],
  ])("%j: %s", (program, is) => {
    expect(isRowWise(program)).toBe(is);
  });
});
