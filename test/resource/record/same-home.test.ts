import { describe, expect, test } from "vitest";
import type { Entry, Home } from "../../../src/entry.ts";
import { requireHome } from "../../../src/resource/record/same-home.ts";

const home: Home = { region: "eu-west-1", partition: "aws", account: "111111111111" };
const entryAt = (at: Home): Entry => ({
  version: 1,
  id: "q",
  type: "AWS::SQS::Queue",
  home: at,
  identifier: "url",
  status: "settled",
  desired: {},
  digests: {},
  live: {},
  dependencies: [],
  updatedAt: "2026-01-02T12:00:00.000Z",
});

describe("an entry of another place", () => {
  test.each<[string, Home, string]>([
    ["region", { ...home, region: "us-east-1" }, "region us-east-1, this run has eu-west-1"],
    ["partition", { ...home, partition: "aws-cn" }, "partition aws-cn, this run has aws"],
    ["account", { ...home, account: "222222222222" }, "account 222222222222, this run has 111111111111"],
    [
      "endpoint",
      { ...home, endpoint: "http://127.0.0.1:1" },
      "endpoint http://127.0.0.1:1, this run has AWS itself",
    ],
  ])("is STATE_ELSEWHERE: %s", (_, there, message) => {
    expect(() => requireHome(entryAt(there), home)).toThrow(
      expect.objectContaining({
        code: "STATE_ELSEWHERE",
        identifier: "url",
        what: `recorded with ${message}`,
      }),
    );
  });

  test("is not one whose account nobody knows yet, on either side", () => {
    const { account: _, ...unknown } = home;
    expect(() => requireHome(entryAt(unknown), home)).not.toThrow();
    expect(() => requireHome(entryAt(home), unknown)).not.toThrow();
    expect(() => requireHome(entryAt(home), home)).not.toThrow();
  });
});
