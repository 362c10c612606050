import { UsageError } from "../../src/errors.ts";
import { describe, expect, test } from "vitest";
import { jsonFileStore, memoryStore } from "../../src/state/index.ts";

const loosely = (make: unknown) => make as (...given: readonly unknown[]) => unknown;

describe("a store", () => {
  test.each([[], [undefined], [null], [""], ["  "], [7], [{}], [["state"]], [{ folder: "state" }]])(
    "is not made in the folder %j",
    (...given) => {
      expect(() => loosely(jsonFileStore)(...given)).toThrow(TypeError);
      expect(() => loosely(jsonFileStore)(...given)).toThrow(/jsonFileStore\(\) takes the folder/);
    },
  );

  test.each([
    [{ keys: "k" }, 'has no option "keys", did you mean key?'],
    [{ Key: "k" }, 'has no option "Key", did you mean key?'],
    [{ file: {} }, 'has no option "file", did you mean files?'],
    [{ lockTrem: 100 }, 'has no option "lockTrem", did you mean lockTerm?'],
    [{ encryption: true }, 'has no option "encryption"; it takes files, key, lockClock, lockTerm'],
    ["a key", "takes its options as an object; given was a string"],
  ])("on disk is not made with the options %j", (options, what) => {
    expect(() => loosely(jsonFileStore)("state", options)).toThrow(new UsageError(`jsonFileStore() ${what}`));
  });

  test.each([
    [{ kye: "k" }, 'has no option "kye", did you mean key?'],
    [{ files: {} }, 'has no option "files"; it takes key, lockClock, lockTerm'],
    [{ KEY: "x" }, 'has no option "KEY", did you mean key?'],
    [null, "takes its options as an object; given was null"],
    [["key"], "takes its options as an object; given was a list"],
  ])("in memory is not made with the options %j", (options, what) => {
    expect(() => loosely(memoryStore)(options)).toThrow(new UsageError(`memoryStore() ${what}`));
  });
});
