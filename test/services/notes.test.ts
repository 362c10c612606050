import { describe, expect, test } from "vitest";
import { type Props, covers, isProps, segmentsOf } from "../../src/json.ts";
import { apiGatewayV2 } from "../../src/lookup/api-gateway-v2.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts, Members, Shape } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import type { NaturalKey } from "../../src/services/note.ts";
import { noteOf } from "../../src/services/notes.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import {
  hasRegistry,
  naturalKeys,
  noted,
  notesByFile,
  pointerTo,
  registrySchemas,
} from "../support/services/all-notes.ts";

const schemas = registrySchemas();

/** The facts of a type as this version carries them and, where it is at hand, as the registry tells them. */
function sourcesOf(type: string): Facts[] {
  const schema = schemas.get(type);
  return [bundledFacts(type) ?? {}, ...(schema ? [factsFromSchema(schema)] : [])];
}

function shapeAt(facts: Facts, pointer: string): Shape | undefined {
  let members: Members | undefined = facts.members;
  let shape: Shape | undefined;
  for (const name of segmentsOf(pointer)) {
    shape = members?.properties[name];
    members = typeof shape === "object" && "ref" in shape ? facts.definitions?.[shape.ref] : undefined;
  }
  return shape;
}

/** The places of `pointers` that a type does not know, as `type pointer`. */
const unknown = (type: string, pointers: readonly string[]): string[] =>
  sourcesOf(type).flatMap((facts) =>
    pointers
      .filter((pointer) => shapeAt(facts, pointer) === undefined)
      .map((pointer) => `${type} ${pointer}`),
  );

const isCovered = (patterns: readonly string[] = [], pointer: string): boolean =>
  patterns.some((pattern) => covers(pattern, pointer));

/** What the registry's list handler says it is asked with: undefined where it says nothing. */
function listHandler(type: string): { readonly names: string[]; readonly needs: string[] } | undefined {
  const handlers = schemas.get(type)?.["handlers"];
  const list = isProps(handlers) ? handlers["list"] : undefined;
  const asked = isProps(list) ? list["handlerSchema"] : undefined;
  if (!isProps(asked)) return undefined;
  const { properties, required } = asked as { properties?: Props; required?: string[] };
  return { names: Object.keys(properties ?? {}), needs: required ?? [] };
}

describe("the notes", () => {
  test("are found by type, each in the file of its own service, and speak of bundled types alone", async () => {
    const files = await notesByFile();
    const types = new Set(bundledTypes());
    const spelled = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    const odd = files.filter(
      ({ file, type, note }) =>
        noteOf(type) !== note ||
        !types.has(type) ||
        spelled(type.split("::")[1] ?? "") !== spelled(file.replace(/(-parts)?\.ts$/, "")),
    );
    expect(odd).toEqual([]);
    expect(files).toHaveLength(noted.length);
  });

  test("name members of their types", () => {
    const strays = noted.flatMap(({ type, note: { listNeeds = [], sharedWrites } }) => {
      // An API shares its writes by the very id that it gets.
      const isOwn = bundledFacts(type)?.readOnly?.includes(`/${sharedWrites}`);
      const names = sharedWrites === undefined || isOwn ? listNeeds : [...listNeeds, sharedWrites];
      return unknown(type, names.map(pointerTo));
    });
    expect(strays).toEqual([]);
  });

  test("let an identifier be written with / only where it has several parts", () => {
    const odd = noted.filter(
      ({ type, note }) => note.slashIdentifier && (bundledFacts(type)?.primaryIdentifier?.length ?? 0) < 2,
    );
    expect(odd).toEqual([]);
  });

  test.skipIf(!hasRegistry)(
    "ask of a list whatever its handler asks for, where they say what it needs",
    () => {
      const odd = noted.filter(({ type, note }) => {
        const needs = listHandler(type)?.needs ?? [];
        const named = note.listNeeds ?? [];
        return (note.listNeeds ?? note.naturalKeys) && !needs.every((name) => named.includes(name));
      });
      expect(odd.map(({ type }) => type)).toEqual([]);
    },
  );

  test("cover a whole API of either version: what shares a parent shares its writes", () => {
    const below = (service: string, parent: string): string[] =>
      bundledTypes().filter(
        (type) =>
          type.startsWith(`AWS::${service}::`) &&
          bundledFacts(type)?.createOnly?.includes(`/${parent}`) === true &&
          noteOf(type)?.sharedWrites !== parent,
      );
    expect(below("ApiGateway", "RestApiId")).toEqual([]);
    expect(below("ApiGatewayV2", "ApiId")).toEqual([]);
  });
});

/** What a newcomer would guess; the rest of the notes is like it. */
const obvious: readonly [type: string, ...parts: string[]][] = [
  ["AWS::ApiGateway::RestApi", "Name"],
  ["AWS::ApiGateway::Resource", "RestApiId", "ParentId", "PathPart"],
  ["AWS::ApiGatewayV2::Api", "Name"],
  ["AWS::ApiGatewayV2::Route", "ApiId", "RouteKey"],
  ["AWS::ApiGatewayV2::IntegrationResponse", "ApiId", "IntegrationId", "IntegrationResponseKey"],
  ["AWS::CloudFront::Distribution", "/DistributionConfig/Aliases"],
  ["AWS::Cognito::UserPoolClient", "UserPoolId", "ClientName"],
  ["AWS::EC2::SecurityGroup", "VpcId", "GroupName"],
  ["AWS::EC2::VPC", "tag Name"],
  ["AWS::IAM::ManagedPolicy", "ManagedPolicyName"],
  ["AWS::Lambda::Alias", "FunctionName", "Name"],
  ["AWS::Route53::HostedZone", "Name"],
  ["AWS::SNS::Topic", "TopicName"],
  ["AWS::SQS::Queue", "QueueName"],
  ["AWS::SecretsManager::Secret", "Name"],
];

const partsOf = ({ parents, keys, tags = [] }: NaturalKey): string[] => [
  ...parents,
  ...keys,
  ...tags.map((tag) => `tag ${tag}`),
];

describe("a natural key", () => {
  test.each(obvious)("of %s is the obvious one", (type, ...parts) => {
    expect(noteOf(type)?.naturalKeys?.map(partsOf)[0]).toEqual(parts);
  });

  test("stands for an identifier that desired cannot spell out", () => {
    const spelledOut = noted.filter(({ type, note }) => {
      const { primaryIdentifier = [], readOnly = [], members } = bundledFacts(type) ?? {};
      const isAsked = (pointer: string): boolean =>
        !readOnly.includes(pointer) && members?.properties[segmentsOf(pointer)[0] ?? ""] !== undefined;
      return note.naturalKeys && primaryIdentifier.every(isAsked);
    });
    expect(spelledOut.map(({ type }) => type)).toEqual([]);
  });

  test("is made of inputs that a read shows", () => {
    const odd = naturalKeys.flatMap(({ type, key }) => {
      const pointers = key.keys.map(pointerTo);
      const hidden = sourcesOf(type).flatMap(({ readOnly, writeOnly }) =>
        pointers.filter((pointer) => isCovered(readOnly, pointer) || isCovered(writeOnly, pointer)),
      );
      return [...unknown(type, pointers), ...hidden.map((pointer) => `${type} ${pointer} is hidden`)];
    });
    expect(odd).toEqual([]);
  });

  test("has parents that are required, part of the identifier, or asked for by the list handler", () => {
    const odd = naturalKeys.flatMap(({ type, key }) => {
      const { required = [], primaryIdentifier = [] } = bundledFacts(type) ?? {};
      const certain = [...required, ...primaryIdentifier, ...(listHandler(type)?.names ?? []).map(pointerTo)];
      const strays = key.parents.filter((name) => !certain.includes(pointerTo(name)));
      // Without the registry nothing tells what list handlers ask for.
      return [
        ...unknown(type, key.parents.map(pointerTo)),
        ...(hasRegistry ? strays.map((name) => `${type} ${name}`) : []),
      ];
    });
    expect(odd).toEqual([]);
  });

  test("asks the list for all that the list needs", () => {
    const odd = naturalKeys.filter(
      ({ note, key }) => !(note.listNeeds ?? []).every((name) => key.parents.includes(name)),
    );
    expect(odd.map(({ type }) => type)).toEqual([]);
  });

  test("compares what a list may not sift by", () => {
    const odd = naturalKeys.filter(({ type, note, key }) => {
      const sifts = [...(listHandler(type)?.names ?? []), ...(note.listNeeds ?? [])];
      return key.parents.some((name) => !sifts.includes(name) && !key.keys.includes(name));
    });
    expect(odd.map(({ type }) => type)).toEqual([]);
  });

  test("looks at tags of types that have some", () => {
    const odd = naturalKeys.filter(({ type, key }) => key.tags && !bundledFacts(type)?.tags);
    expect(odd.map(({ type }) => type)).toEqual([]);
  });

  test("belongs to a type that can be listed", () => {
    const lister = apiGatewayV2({ region: "us-east-1" }, { clock: fakeClock(), concurrency: 1 });
    const unlisted = naturalKeys.filter(
      ({ type }) =>
        !lister.lists(type) && sourcesOf(type).some(({ handlers }) => handlers && !handlers.includes("list")),
    );
    expect(unlisted.map(({ type }) => type)).toEqual([]);
  });

  test("is not kept from its turn by an earlier one that asks for less", () => {
    const never = naturalKeys.filter(({ note, rank, key }) =>
      (note.naturalKeys ?? [])
        .slice(0, rank)
        .some((earlier) => partsOf(earlier).every((part) => partsOf(key).includes(part))),
    );
    expect(never).toEqual([]);
  });
});
