// Fifty integration responses from one table, all at once; what stands in the table no longer is deleted.
//   API_ID=… INTEGRATION_ID=… npx tsx examples/fifty-responses.ts
import AWS, { reconcile } from "await-aws";

const { API_ID: ApiId = "abcdefghij", INTEGRATION_ID: IntegrationId = "a1b2c3d" } = process.env;

const statuses = Array.from({ length: 50 }, (_, i) => 400 + i);

const report = await reconcile(
  "fifty-responses",
  () =>
    Promise.all(
      statuses.map((status) =>
        AWS.ApiGatewayV2.IntegrationResponse(`status ${status}`, {
          ApiId,
          IntegrationId,
          IntegrationResponseKey: `/${status}/`,
          ResponseTemplates: { "application/json": JSON.stringify({ status }) },
        }),
      ),
    ),
  { adopt: true },
);

const moves = report.changes.map(({ move }) => move);
for (const move of new Set(moves)) console.log(`${moves.filter((other) => other === move).length} ${move}`);
process.exitCode = report.ok ? 0 : 1;
