import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";

const isHere = spawnSync("aws", ["--version"]).status === 0;
const run = promisify(execFile);

interface Event {
  readonly RequestToken: string;
  readonly OperationStatus: string;
  readonly Identifier: string;
}

/** What a command prints; each test looks at the member its command has. */
interface Printed {
  readonly ProgressEvent: Event;
  readonly [member: string]: unknown;
}

interface Shell {
  readonly emulator: Emulator;
  /** Runs the AWS CLI; what it prints is parsed, what it refuses is thrown with its stderr. */
  readonly aws: (...words: string[]) => Promise<Printed>;
}

async function withShell(use: (shell: Shell) => Promise<void>): Promise<void> {
  const emulator = await startEmulator({ operationMs: 20 });
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
  };
  const aws: Shell["aws"] = async (...words) => {
    const global = ["--endpoint-url", emulator.url, "--output", "json"];
    const { stdout } = await run("aws", [...words, ...global], { env });
    const printed: Printed = JSON.parse(stdout === "" ? "{}" : stdout);
    return printed;
  };
  try {
    await use({ emulator, aws });
  } finally {
    await emulator.close();
  }
}

const type = (noun: string) => ["--type-name", `AWS::ApiGatewayV2::${noun}`];

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

/** An API with a mock integration, put there past the CLI. */
function gateway({ emulator }: Shell) {
  const { Identifier: ApiId } = emulator.put("AWS::ApiGatewayV2::Api", {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  const desired = { ApiId, IntegrationType: "MOCK" };
  const { Properties: made } = emulator.put("AWS::ApiGatewayV2::Integration", desired);
  return { ApiId, IntegrationId: String(made["IntegrationId"]), IntegrationResponseKey: "/200/" };
}

if (!isHere) console.warn("The AWS CLI is not on this machine: the emulator is not held against it.");

describe.skipIf(!isHere)("the AWS CLI", { timeout: 120_000 }, () => {
  test("creates, follows, reads, updates, lists and deletes", () =>
    withShell(async (shell) => {
      const { aws, emulator } = shell;
      const desired = gateway(shell);
      const response = type("IntegrationResponse");
      const created = await aws(
        "cloudcontrol",
        "create-resource",
        ...response,
        "--desired-state",
        JSON.stringify(desired),
      );
      const { ProgressEvent: event } = created;
      expect(event.OperationStatus).toBe("IN_PROGRESS");
      await settled();
      const status = await aws(
        "cloudcontrol",
        "get-resource-request-status",
        "--request-token",
        event.RequestToken,
      );
      const { ProgressEvent: done } = status;
      expect(done).toMatchObject({ OperationStatus: "SUCCESS" });
      const named = [...response, "--identifier", done.Identifier];
      const read = await aws("cloudcontrol", "get-resource", ...named);
      expect(JSON.stringify(read)).toContain("/200/");
      const patch = '[{"op":"replace","path":"/IntegrationResponseKey","value":"/2\\\\d\\\\d/"}]';
      await aws("cloudcontrol", "update-resource", ...named, "--patch-document", patch);
      await settled();
      expect(emulator.resources().at(-1)?.Properties["IntegrationResponseKey"]).toBe("/2\\d\\d/");
      const parents = JSON.stringify({ ApiId: desired.ApiId, IntegrationId: desired.IntegrationId });
      const listed = await aws("cloudcontrol", "list-resources", ...response, "--resource-model", parents);
      expect(listed["ResourceDescriptions"]).toMatchObject([{ Identifier: done.Identifier }]);
      const place = ["--api-id", desired.ApiId, "--integration-id", desired.IntegrationId];
      const rest = await aws("apigatewayv2", "get-integration-responses", ...place);
      expect(rest["Items"]).toMatchObject([{ IntegrationResponseKey: "/2\\d\\d/" }]);
      await aws("cloudcontrol", "delete-resource", ...named);
      await settled();
      const filter = "Operations=DELETE,OperationStatuses=SUCCESS";
      const requests = await aws(
        "cloudcontrol",
        "list-resource-requests",
        "--resource-request-status-filter",
        filter,
      );
      expect(requests["ResourceRequestStatusSummaries"]).toMatchObject([{ Identifier: done.Identifier }]);
      expect(await aws("sts", "get-caller-identity")).toMatchObject({ Account: "123456789012" });
    }));

  test("replays a client token and cancels", () =>
    withShell(async ({ aws, emulator }) => {
      const create = [
        "cloudcontrol",
        "create-resource",
        ...type("VpcLink"),
        "--client-token",
        "t-1",
        "--desired-state",
      ];
      const first = await aws(...create, '{"Name":"v","SubnetIds":[]}');
      await settled();
      const again = await aws(...create, '{"Name":"v","SubnetIds":[]}');
      const { RequestToken: token } = first.ProgressEvent;
      expect(again.ProgressEvent.RequestToken).toBe(token);
      expect(emulator.resources()).toHaveLength(1);
      await expect(aws(...create, '{"Name":"w","SubnetIds":[]}')).rejects.toThrow(
        "ClientTokenConflictException",
      );
      const cancel = aws("cloudcontrol", "cancel-resource-request", "--request-token", token);
      await expect(cancel).rejects.toThrow("ValidationException");
    }));

  test("shows refusals by their names", () =>
    withShell(async (shell) => {
      const { aws, emulator } = shell;
      const desired = gateway(shell);
      const made = emulator.put("AWS::ApiGatewayV2::IntegrationResponse", desired);
      const create = (...words: string[]) => aws("cloudcontrol", "create-resource", ...words);
      const response = type("IntegrationResponse");
      const second = await create(...response, "--desired-state", JSON.stringify(desired));
      await settled();
      const { RequestToken: token } = second.ProgressEvent;
      const status = await aws("cloudcontrol", "get-resource-request-status", "--request-token", token);
      expect(status.ProgressEvent).toMatchObject({
        OperationStatus: "FAILED",
        ErrorCode: "AlreadyExists",
      });
      const patch = '[{"op":"replace","path":"/ApiId","value":"other"}]';
      const named = [...response, "--identifier", made.Identifier];
      await expect(
        aws("cloudcontrol", "update-resource", ...named, "--patch-document", patch),
      ).rejects.toThrow("NotUpdatableException");
      await expect(create("--type-name", "AWS::Some::Thing", "--desired-state", "{}")).rejects.toThrow(
        "TypeNotFoundException",
      );
      await expect(create(...type("Api"), "--desired-state", '{"Nmae":"x"}')).rejects.toThrow(
        "extraneous key [Nmae] is not permitted",
      );
    }));

  test("drives API Gateway V1 and V2 by their own commands", () =>
    withShell(async ({ aws, emulator }) => {
      const gateway = (command: string, ...words: string[]) => aws("apigateway", command, ...words);
      const { id, rootResourceId } = await gateway("create-rest-api", "--name", "zoo");
      const api = ["--rest-api-id", String(id)];
      const parent = ["--parent-id", String(rootResourceId)];
      const { id: resource } = await gateway("create-resource", ...api, ...parent, "--path-part", "pets");
      const method = [...api, "--resource-id", String(resource), "--http-method", "GET"];
      await gateway("put-method", ...method, "--authorization-type", "NONE");
      await gateway("put-integration", ...method, "--type", "MOCK");
      const ok = [...method, "--status-code", "200"];
      await gateway("put-method-response", ...ok);
      await gateway("put-integration-response", ...ok, "--selection-pattern", "2..");
      const op = "op=add,path=/responseTemplates/application~1json,value=hi";
      expect(await gateway("update-integration-response", ...ok, "--patch-operations", op)).toMatchObject({
        responseTemplates: { "application/json": "hi" },
      });
      expect(await gateway("get-resources", ...api, "--embed", "methods")).toMatchObject({
        items: [
          { path: "/" },
          {
            path: "/pets",
            resourceMethods: { GET: { methodIntegration: { integrationResponses: { "200": {} } } } },
          },
        ],
      });
      await expect(gateway("put-method-response", ...ok)).rejects.toThrow("ConflictException");
      await gateway("create-deployment", ...api, "--stage-name", "dev");
      expect(await gateway("get-stages", ...api)).toMatchObject({ item: [{ stageName: "dev" }] });
      await gateway("delete-integration-response", ...ok);
      await expect(gateway("get-integration-response", ...ok)).rejects.toThrow(
        "Invalid Response status code specified",
      );
      await gateway("delete-rest-api", ...api);

      const chat = ["--name", "chat", "--protocol-type", "WEBSOCKET"];
      const selecting = ["--route-selection-expression", "$request.body.action"];
      const { ApiId: apiId } = await aws("apigatewayv2", "create-api", ...chat, ...selecting);
      const of = ["--api-id", String(apiId)];
      const mock = ["--integration-type", "MOCK"];
      const { IntegrationId: integration } = await aws("apigatewayv2", "create-integration", ...of, ...mock);
      const within = [...of, "--integration-id", String(integration)];
      const key = ["--integration-response-key", "/200/"];
      const made = await aws("apigatewayv2", "create-integration-response", ...within, ...key);
      expect(made).toMatchObject({ IntegrationResponseKey: "/200/" });
      await aws("apigatewayv2", "delete-api", ...of);
      expect(emulator.resources()).toEqual([]);
    }));
});
