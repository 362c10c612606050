// Programmatic reconciliation: a table is the truth, the report says what was done about it.
//   API_ID=… INTEGRATION_ID=… npx tsx examples/reconcile-table.ts [--destroy]
import AWS, { reconcile } from "await-aws";

const { API_ID: ApiId = "abcdefghij", INTEGRATION_ID: IntegrationId = "a1b2c3d" } = process.env;

const table = [
  { status: "200", body: { ok: true } },
  { status: "404", body: { error: "not found" } },
  { status: "429", body: { error: "slow down" } },
  { status: "500", body: { error: "our fault" } },
];

const report = await reconcile(
  "replies-table",
  () =>
    Promise.all(
      table.map(({ status, body }) =>
        AWS.ApiGatewayV2.IntegrationResponse(`status ${status}`, {
          ApiId,
          IntegrationId,
          IntegrationResponseKey: `/${status}/`,
          ResponseTemplates: { "application/json": JSON.stringify(body) },
        }),
      ),
    ),
  { phase: process.argv.includes("--destroy") ? "destroy" : "deploy", adopt: true },
);

for (const change of report.changes) console.log(`${change.move}  ${change.id}  ${change.identifier ?? ""}`);
for (const { id, error } of report.changes) if (error) console.error(`${id}: ${error.message}`);
process.exitCode = report.ok ? 0 : 1;
