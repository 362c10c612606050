import { describe, expect, test } from "vitest";
import { refusedPathsIn } from "../../src/wire/failure.ts";

describe("the places for which something is refused", () => {
  test.each([
    [
      "Invalid patch update: createOnlyProperties [/properties/A, /properties/B/C] cannot be updated",
      ["/A", "/B/C"],
    ],
    ["Invalid patch update: readOnlyProperties [/properties/Arn] cannot be updated", ["/Arn"]],
    [
      "Properties [/properties/DBSnapshotIdentifier] cannot be updated after creation",
      ["/DBSnapshotIdentifier"],
    ],
    ["Resource is not updatable: /properties/RestoreTime, /properties/RestoreTime", ["/RestoreTime"]],
    ["create-only property /properties/AuthToken was changed", ["/AuthToken"]],
    ["/properties/Name can't be modified", ["/Name"]],
    ["The immutable property #/properties/Pipe/Topic-Name was given", ["/Pipe/Topic-Name"]],
    ["/properties/List/*/Name may not be changed", ["/List/*/Name"]],
  ])("are read out of %j", (text, paths) => {
    expect(refusedPathsIn(text)).toEqual(paths);
  });

  test.each([
    "Resource of type 'X' with identifier 'y' is not updatable with parameters provided.",
    "Model validation failed (#/properties/Name: required key [Name] not found)",
    "Value at /properties/Name is too long",
    "it cannot be updated",
  ])("are none in %j", (text) => {
    expect(refusedPathsIn(text)).toBeUndefined();
  });
});
