import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts, Shape } from "../../src/schema/facts.ts";
import { jsonTextOf } from "../../src/services/data/json-text.ts";
import { hasRegistry, pairs } from "../support/generated/registry.ts";
import { cloud, movesOf } from "../support/run.ts";

const object = { b: 1, a: ["x"] };
const text = '{ "a": ["x"],\n  "b": 1 }';

/** The writable properties of a type that hold JSON of any form. */
function jsonIn({ members, readOnly = [] }: Facts): string[] {
  return Object.entries<Shape>(members?.properties ?? {}).flatMap(([name, shape]) =>
    shape === "json" && !readOnly.includes(`/${name}`) ? [name] : [],
  );
}

const told = (facts: Facts): (readonly [Facts, string])[] =>
  jsonIn(facts).map((name) => [facts, name] as const);

const bundled = bundledTypes().flatMap((type) => told(bundledFacts(type) ?? {}));

function expectAlike(all: readonly (readonly [Facts, string])[]): void {
  for (const [facts, name] of all) {
    const at = `${facts.type} ${name}`;
    for (const [there, asked] of [
      [object, text],
      [text, object],
    ] as const) {
      const model: Props = { [name]: there };
      const plan = planChange({
        facts,
        prior: { desired: model, live: model },
        live: model,
        desired: { [name]: asked },
      });
      expect(plan.move, at).toBe("nothing");
    }
    const plan = planChange({ facts, live: undefined, desired: { [name]: text } });
    const sent = plan.move === "create" ? plan.desired[name] : undefined;
    expect(sent, at).toEqual(facts.types?.[`/${name}`]?.includes("string") ? text : object);
  }
}

describe("text that holds a JSON object, at a place of JSON", () => {
  test("is the object that it holds, and is sent as one where no text is taken", () => {
    expect(bundled.length).toBeGreaterThanOrEqual(82);
    expectAlike(bundled);
  });

  test.skipIf(!hasRegistry)(
    "so too by the registry's own schemas, of which the bundle knows what takes text as well",
    () => {
      const all = pairs();
      const open = all.flatMap(({ told: facts }) => told(facts));
      expect(open.length).toBeGreaterThanOrEqual(115);
      expectAlike(open);
      const isEither = (some: readonly string[]): boolean => some.toSorted().join(" ") === "object string";
      const missing = all.flatMap(({ type, told: { types = {} }, carried: { jsonDocuments = [] } }) =>
        jsonDocuments.flatMap((at) =>
          isEither(types[at] ?? []) && jsonTextOf(type)[at] === undefined ? [`${type} ${at}`] : [],
        ),
      );
      expect(missing).toEqual([]);
    },
  );

  test("that holds none, or no object, is left as it is", () => {
    const facts = bundledFacts("AWS::ApiGatewayV2::Model") ?? {};
    for (const Schema of ["", "x", "[1]", "{", '"a"', "1"]) {
      const plan = planChange({ facts, live: undefined, desired: { Schema } });
      expect(plan).toMatchObject({ move: "create", desired: { Schema } });
    }
  });
});

const schema = { type: "object", title: "order" };

test.each<[string, (value: Props | string) => Promise<unknown>]>([
  ["a V2 model", (Schema) => AWS.ApiGatewayV2.Model("it", { ApiId: "a", Name: "order", Schema })],
  ["an ECR registry policy", (PolicyText) => AWS.ECR.RegistryPolicy("it", { PolicyText })],
  [
    "a Glue job's arguments",
    (DefaultArguments) => AWS.Glue.Job("it", { Role: "r", Command: {}, DefaultArguments }),
  ],
  [
    "a CodeArtifact policy",
    (PermissionsPolicyDocument) =>
      AWS.CodeArtifact.Domain("it", { DomainName: "shop", PermissionsPolicyDocument }),
  ],
  ["an EFS policy", (FileSystemPolicy) => AWS.EFS.FileSystem("it", { FileSystemPolicy })],
  ["an IoT policy", (PolicyDocument) => AWS.IoT.Policy("it", { PolicyDocument })],
])("%s written as text is the same as written as an object", async (_, declare) => {
  const { deploy, emulator } = await cloud();
  emulator.put("AWS::ApiGatewayV2::Api", { ApiId: "a", Name: "chat", ProtocolType: "HTTP" });
  expect(movesOf(await deploy(() => declare(JSON.stringify(schema, undefined, 2))))).toEqual(["it: create"]);
  expect(movesOf(await deploy(() => declare(schema), { refresh: true }))).toEqual(["it: nothing"]);
  const other = { ...schema, title: "other" };
  expect(movesOf(await deploy(() => declare(JSON.stringify(other))))).toEqual(["it: update"]);
  expect(movesOf(await deploy(() => declare(other), { refresh: true }))).toEqual(["it: nothing"]);
});
