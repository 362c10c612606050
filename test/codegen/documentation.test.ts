import { describe, expect, test } from "vitest";
import { commentOf } from "../../src/codegen/documentation.ts";

describe("a doc comment", () => {
  test("stands on one line where the text does", () => {
    expect(commentOf(["The name."], "  ")).toBe("  /** The name. */\n");
  });

  test("parts paragraphs by an empty line and leaves out those that say nothing", () => {
    expect(commentOf(["One.", undefined, " ", "Two."], "")).toBe("/**\n * One.\n *\n * Two.\n */\n");
  });

  test("is not written where there is nothing to say", () => {
    expect(commentOf([undefined, ""], "  ")).toBe("");
  });

  test("cannot be ended by what it quotes", () => {
    expect(commentOf(["specify `arn:aws:iam::*:user/*/x`"], "")).not.toMatch(/\*\/.*\*\//s);
  });

  test("keeps the words of a link and not its address", () => {
    expect(commentOf(["See [Policies](https://docs.aws.amazon.com/x) ."], "")).toBe("/** See Policies. */\n");
  });
});
