import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";

const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const statement = {
  Sid: "One",
  Effect: "Allow",
  Principal: { AWS: [root, "arn:aws:iam::210987654321:role/x"], Service: "lambda.amazonaws.com" },
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
  Condition: {
    StringEquals: { "aws:SourceAccount": [account, "2"] },
    Bool: { "aws:SecureTransport": "true" },
  },
};
const other = { Effect: "Deny", NotPrincipal: { AWS: "*" }, NotAction: "iam:*", NotResource: "*" };
const policy = (...statements: readonly Json[]): Props => ({
  Version: "2012-10-17",
  Statement: [...statements],
});
const base = policy(statement, other);
const withOne = (change: Props): Props => policy({ ...statement, ...change }, other);

const equals: readonly (readonly [string, Json])[] = [
  ["the order of statements", policy(other, statement)],
  ["the order of actions, in any case", withOne({ Action: ["S3:PutObject", "s3:getobject"] })],
  ["the order of resources", withOne({ Resource: ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"] })],
  [
    "an account id for its root, and another order of principals",
    withOne({
      Principal: {
        Service: ["lambda.amazonaws.com"],
        AWS: ["arn:aws:iam::210987654321:role/x", account],
      },
    }),
  ],
  [
    "lists of one",
    policy(statement, { ...other, NotPrincipal: "*", NotAction: ["iam:*"], NotResource: ["*"] }),
  ],
  [
    "values of conditions as they are or as text, keys in any case",
    withOne({
      Condition: {
        Bool: { "AWS:SecureTransport": [true] },
        StringEquals: { "aws:sourceaccount": ["2", account] },
      },
    }),
  ],
  ["an item named twice", withOne({ Action: ["s3:GetObject", "s3:PutObject", "s3:GetObject"] })],
  ["an empty Sid, and no condition", policy(statement, { ...other, Sid: "", Condition: {} })],
];

const differs: readonly (readonly [string, Json])[] = [
  ["a Sid in another case", withOne({ Sid: "one" })],
  ["another effect", withOne({ Effect: "Deny" })],
  ["one action less", withOne({ Action: "s3:GetObject" })],
  ["a resource in another case", withOne({ Resource: ["arn:aws:s3:::A/*", "arn:aws:s3:::b/*"] })],
  ["NotAction for Action", policy({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }, other)],
  [
    "NotResource for Resource",
    policy(statement, { Effect: "Deny", NotPrincipal: "*", NotAction: "iam:*", Resource: "*" }),
  ],
  ["a role for the account", withOne({ Principal: { AWS: [`arn:aws:iam::${account}:role/r`] } })],
  [
    "the root of another partition",
    withOne({
      Principal: {
        ...statement.Principal,
        AWS: [root.replace("aws", "aws-cn"), "arn:aws:iam::210987654321:role/x"],
      },
    }),
  ],
  ["an account among services", withOne({ Principal: { Service: account } })],
  ["another condition", withOne({ Condition: { StringLike: { "aws:SourceAccount": [account, "2"] } } })],
  ["a condition less", withOne({ Condition: { StringEquals: { "aws:SourceAccount": [account, "2"] } } })],
  ["a tag key in another case", withOne({ Condition: { StringEquals: { "aws:ResourceTag/Team": "a" } } })],
  ["another version", { ...base, Version: "2008-10-17" }],
  ["no version", { Statement: [statement, other] }],
  ["a statement more", policy(statement, other, other)],
];

const moveOf = (facts: object, name: string, live: Json, desired: Json): string =>
  planChange({
    facts: { writeOnly: [], ...facts },
    prior: { desired: { [name]: desired } },
    live: { [name]: live },
    desired: { [name]: desired },
  }).move;

/** Every place where the registry's types hold a policy: as a document, an object of which nothing is said, or text. */
const places: readonly (readonly [string, object, boolean])[] = [
  ["PolicyDocument", { jsonDocuments: ["/PolicyDocument"] }, true],
  ["Content", { jsonDocuments: ["/Content"] }, true],
  ["KeyPolicy", {}, true],
  ["RepositoryPolicyText", {}, true],
  ["NamespaceResourcePolicy", {}, true],
  ["AccessPolicies", { createOnly: ["/AccessPolicies"] }, true],
  ["Anything", {}, false],
];

describe.each(places)("a policy at %s", (name, facts, asText) => {
  test.each(equals)("is the same with %s", (_, live) => {
    expect(moveOf(facts, name, live, base)).toBe("nothing");
    expect(moveOf(facts, name, base, live)).toBe("nothing");
    if (!asText) return;
    expect(moveOf(facts, name, JSON.stringify(live), base)).toBe("nothing");
    expect(moveOf(facts, name, JSON.stringify(live, undefined, 1), JSON.stringify(base))).toBe("nothing");
  });

  test.each(differs)("is another one with %s", (_, live) => {
    expect(moveOf(facts, name, live, base)).not.toBe("nothing");
    expect(moveOf(facts, name, JSON.stringify(live), JSON.stringify(base))).not.toBe("nothing");
  });
});

describe("policies", () => {
  test("are told by tag keys as they are written", () => {
    const tagged = (key: string): Props => withOne({ Condition: { StringEquals: { [key]: "a" } } });
    expect(moveOf({}, "P", tagged("aws:ResourceTag/Team"), tagged("aws:ResourceTag/team"))).toBe("update");
    expect(moveOf({}, "P", tagged("aws:ResourceTag/Team"), tagged("AWS:resourcetag/Team"))).toBe("nothing");
  });

  test("are found in the items of a list, whatever their order", () => {
    const facts = { unordered: ["/Policies"], jsonDocuments: ["/Policies/*/PolicyDocument"] };
    const item = (name: string, document: Json): Props => ({ PolicyName: name, PolicyDocument: document });
    const live = [item("b", policy(other)), item("a", JSON.stringify(policy(other, statement)))];
    expect(moveOf(facts, "Policies", live, [item("a", base), item("b", policy(other))])).toBe("nothing");
  });

  test("may have one statement for a list of one, or be a statement alone", () => {
    expect(moveOf({}, "Policy", { Version: "2012-10-17", Statement: other }, policy(other))).toBe("nothing");
    const lone = { ...statement, Principal: account };
    expect(moveOf({}, "Statement", { ...lone, Action: lone.Action.toReversed() }, lone)).toBe("nothing");
    expect(moveOf({}, "Statement", policy(other), other)).toBe("update");
  });

  test("have an id that is theirs", () => {
    const facts = { jsonDocuments: ["/Policy"] };
    expect(moveOf(facts, "Policy", { ...base, Id: "mine" }, base)).toBe("update");
    expect(moveOf({}, "Policy", base, { ...base, Id: "mine" })).toBe("update");
  });

  test("written as text where no policy stands count byte by byte", () => {
    expect(moveOf({}, "Value", JSON.stringify(policy(other, statement)), JSON.stringify(base))).toBe(
      "update",
    );
  });

  test("count with their order where a document only looks like one", () => {
    const facts = { jsonDocuments: ["/Definition"] };
    const states = (...names: readonly string[]): Props => ({
      Statement: names.map((name) => ({ Name: name })),
    });
    expect(moveOf(facts, "Definition", states("a", "b"), states("b", "a"))).toBe("update");
    const choices = { Effect: "Allow", Choices: ["a", "b"] };
    expect(moveOf(facts, "Definition", { ...choices, Choices: ["b", "a"] }, choices)).toBe("update");
  });

  test("are the same however they are shuffled, and others with one thing more", () => {
    const text = fc.constantFrom("a:b", "c:d", "e:f", "g:h");
    const some = fc.uniqueArray(text, { minLength: 1, maxLength: 4 });
    const one = fc.record({ Effect: fc.constantFrom("Allow", "Deny"), Action: some, Resource: some });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), fc.nat(), (statements, seed) => {
        const turn = <T>(list: readonly T[]): T[] => list.map((_, i) => list[(i + seed) % list.length] as T);
        const shuffled = turn(statements).map((each) => ({ ...each, Action: turn(each.Action) }));
        expect(moveOf({}, "P", policy(...shuffled), policy(...statements))).toBe("nothing");
        const more = shuffled.map((each, i) => (i > 0 ? each : { ...each, Action: [...each.Action, "x:y"] }));
        expect(moveOf({}, "P", policy(...more), policy(...statements))).toBe("update");
      }),
    );
  });
});
