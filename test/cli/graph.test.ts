import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project } from "../support/cli/project.ts";

const script = `import AWS from "await-aws";
const dead = await AWS.SQS.Queue("dead", { QueueName: "dead" });
await AWS.SQS.Queue("orders", { QueueName: "orders", RedrivePolicy: { deadLetterTargetArn: dead.Arn, maxReceiveCount: 3 } });
`;

describe("await-aws graph", () => {
  test("draws what is recorded without a call, and a plan of the script", async () => {
    const shop = await project();
    shop.write("deploy.mjs", script);
    await shop.run("deploy", "deploy.mjs");
    const before = shop.emulator.calls.length;
    const { code, stdout } = await shop.run("graph", "deploy.mjs", "--recorded");
    expect({ code, stdout }).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stdout": "flowchart RL
        subgraph s0["SQS"]
          n0["#61; dead<br/>Queue"]:::settled
          n1["#61; orders<br/>Queue"]:::settled
        end
        n1 --> n0
        classDef settled fill:#dcfce7,stroke:#15803d,color:#111827
      ",
      }
    `);
    expect(shop.emulator.calls).toHaveLength(before);

    shop.write("deploy.mjs", `${script}await AWS.SNS.Topic("news", {});\n`);
    const plan = await shop.run("graph", "deploy.mjs", "--format", "json");
    expect(plan.code).toBe(0);
    const { nodes } = JSON.parse(plan.stdout) as { nodes: { id: string; look: string }[] };
    expect(nodes.map(({ id, look }) => [id, look])).toEqual([
      ["news", "create"],
      ["dead", "nothing"],
      ["orders", "nothing"],
    ]);
    const svg = await shop.run("graph", "--app", "deploy", "--out", "graph.svg");
    expect(svg).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(join(shop.folder, "graph.svg"), "utf8")).toContain(">= orders</text>");
  });

  test("says what it cannot draw, and where, before it runs anything", async () => {
    const shop = await project();
    shop.write("deploy.mjs", script);
    const told = async (...args: string[]) => {
      const { code, stderr } = await shop.run("graph", ...args);
      expect(code).toBe(1);
      return stderr.trim().split("\n").at(-1);
    };
    expect(await told("deploy.mjs", "--out", "graph.bmp")).toBe(
      "--out graph.bmp tells no format by its ending: pass --format mermaid or dot or svg or html or json",
    );
    expect(await told("deploy.mjs", "--out", "nowhere/graph.svg")).toMatch(/there is no folder .*nowhere/);
    expect(await told("--app", "shop")).toMatch(/nothing is recorded of shop \(dev\)/);
    expect(shop.emulator.calls).toEqual([]);
  });
});
