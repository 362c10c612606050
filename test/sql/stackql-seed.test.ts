import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Row } from "../../src/sql/index.ts";
import { cloudOf } from "../support/resource/probe.ts";
import { type Account, account, accountIn, putApis } from "../support/sql/account.ts";

// The StackQL provider documents this resource; where the document is at hand, its statements are taken from there.
const seed = resolve(
  import.meta.dirname,
  "../../../shared/seeds/stackql-apigatewayv2-integration_response.md",
);
const isThere = existsSync(seed);
const document = isThere ? readFileSync(seed, "utf8") : "";

const columns = [
  "region",
  "integration_response_id",
  "response_templates",
  "template_selection_expression",
  "response_parameters",
  "content_handling_strategy",
  "integration_id",
  "integration_response_key",
  "api_id",
];

const statements = isThere ? [...document.matchAll(/```sql\n([^]*?)```/g)].map(([, text = ""]) => text) : [];
const shape = `SELECT\n${columns.join(",\n")}\nFROM aws.apigatewayv2.integration_response
WHERE region = 'us-east-1' AND data__Identifier = '<ApiId>|<IntegrationId>|<IntegrationResponseId>';\n`;

const text = { type: "string" } as const;
const schema = {
  typeName: "AWS::ApiGatewayV2::IntegrationResponse",
  properties: {
    IntegrationResponseId: text,
    ResponseTemplates: { type: "object" },
    TemplateSelectionExpression: text,
    ResponseParameters: { type: "object" },
    ContentHandlingStrategy: text,
    IntegrationId: text,
    IntegrationResponseKey: text,
    ApiId: text,
  },
  additionalProperties: false,
  required: ["ApiId", "IntegrationId", "IntegrationResponseKey"],
  readOnlyProperties: ["/properties/IntegrationResponseId"],
  createOnlyProperties: ["/properties/ApiId", "/properties/IntegrationId"],
  primaryIdentifier: ["/properties/ApiId", "/properties/IntegrationId", "/properties/IntegrationResponseId"],
  handlers: {
    read: { permissions: ["apigateway:GET"] },
    update: { permissions: ["apigateway:PATCH", "apigateway:PUT", "apigateway:GET"] },
  },
} as const;

/** An account with one API, and the identifier of its first response. */
async function filled(): Promise<{ readonly one: Account; readonly identifier: string }> {
  const one = await account();
  putApis(one, [1, 1, 2]);
  const responses = one.emulator
    .resources()
    .filter(({ TypeName }) => TypeName.endsWith("::IntegrationResponse"));
  return { one, identifier: responses[0]?.Identifier ?? "" };
}

const fillIn = (text: string, identifier: string): string =>
  text.replace("<ApiId>|<IntegrationId>|<IntegrationResponseId>", identifier);

describe("the StackQL document of integration_response", () => {
  test.skipIf(!isThere)("has the one statement that stands below, word for word", () => {
    expect(statements).toEqual([shape]);
  });

  test.each([...statements, shape])("its SELECT, filled in, answers with its fields (%#)", async (text) => {
    const { one, identifier } = await filled();
    const [ApiId, IntegrationId, IntegrationResponseId] = identifier.split("|");
    const { value, calls } = await one.callsOf(() => one.ask(fillIn(text, identifier)));
    expect(value).toEqual([
      {
        region: "us-east-1",
        integration_response_id: IntegrationResponseId,
        response_templates: null,
        template_selection_expression: "$default",
        response_parameters: null,
        content_handling_strategy: null,
        integration_id: IntegrationId,
        integration_response_key: "/200/",
        api_id: ApiId,
      },
    ]);
    expect(Object.keys(value[0] ?? {})).toEqual(columns);
    expect(calls).toEqual({ GetResource: 1 });
  });

  test("its fields are the columns, with its datatypes", async () => {
    const { one } = await filled();
    const described = await one.ask("DESCRIBE aws.apigatewayv2.integration_response");
    const told = described.map(({ name, type }) => `${String(name)} ${String(type)}`);
    const fields = isThere
      ? [...document.matchAll(/<CopyableCode code="(\w+)" \/><\/td><td><code>(\w+)<\/code>/g)].map(
          ([, name = "", type = ""]) => `${name} ${type}`,
        )
      : columns.map((name) => `${name} ${name.startsWith("response_") ? "object" : "string"}`);
    expect(fields).toHaveLength(9);
    expect(told).toEqual(expect.arrayContaining(fields));
  });

  test("its documentation and permissions are told", async () => {
    // The permissions of its schema in the registry.
    const one = accountIn(await cloudOf([schema]));
    const described = await one.ask("DESCRIBE EXTENDED aws.apigatewayv2.integration_response");
    const of = (name: string): Row | undefined => described.find((row) => row["name"] === name);
    expect(of("response_templates")?.["documentation"]).toMatch(/string-to-string map/);
    expect(of("api_id")).toMatchObject({ required: true, create_only: true, read_only: false });
    expect(of("integration_response_id")).toMatchObject({ read_only: true });
    for (const [title, handler] of [
      ["Read", "read"],
      ["Update", "update"],
    ] as const) {
      const [, listed] = new RegExp(`### ${title}\\n\`\`\`json\\n([^]*?)\`\`\``).exec(document) ?? [];
      const actions = listed?.trim().split(/,\s*/) ?? schema.handlers[handler].permissions;
      expect(of(handler)?.["permissions"]).toEqual(actions);
    }
  });

  test("its UPDATE takes data__PatchDocument by identifier and region", async () => {
    const { one, identifier } = await filled();
    const patch = [{ op: "replace", path: "/TemplateSelectionExpression", value: "$response.header.a" }];
    const { value, calls } = await one.callsOf(() =>
      one.ask(
        `UPDATE aws.apigatewayv2.integration_response SET data__PatchDocument = '${JSON.stringify(patch)}' ` +
          `WHERE region = 'us-east-1' AND data__Identifier = '${identifier}' RETURNING template_selection_expression t`,
      ),
    );
    expect(value).toEqual([{ t: "$response.header.a" }]);
    expect(calls).toMatchObject({ UpdateResource: 1 });
  });

  test("its plural lists, creates and deletes", async () => {
    const { one, identifier } = await filled();
    const [ApiId = "", IntegrationId = ""] = identifier.split("|");
    const below = `region = 'us-east-1' AND api_id = '${ApiId}' AND integration_id = '${IntegrationId}'`;
    const count = async (): Promise<unknown> =>
      (await one.ask(`SELECT count(*) n FROM aws.apigatewayv2.integration_responses WHERE ${below}`))[0]?.[
        "n"
      ];
    expect(await count()).toBe(2);
    const [made] = await one.ask(
      "INSERT INTO aws.apigatewayv2.integration_responses (api_id, integration_id, integration_response_key, region) " +
        `SELECT '${ApiId}', '${IntegrationId}', '$default', 'us-east-1' RETURNING data__Identifier, integration_response_key k`,
    );
    expect(made).toMatchObject({ k: "$default" });
    expect(await count()).toBe(3);
    await one.ask(
      "DELETE FROM aws.apigatewayv2.integration_responses WHERE data__Identifier = $1 AND region = 'us-east-1'",
      [String(made?.["data__Identifier"])],
    );
    expect(await count()).toBe(2);
  });
});
