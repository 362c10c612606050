import { expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Emulator, IncomingCall } from "../../../src/emulator/index.ts";
import { cloud } from "../../support/run.ts";

const chains = 6;
const length = 5;
const fan = 30;

interface Parameter {
  readonly Name?: string;
  readonly Value?: string;
}

/** A parameter whose value names those that it uses. */
const parameter = (id: string, uses: readonly string[]) =>
  AWS.SSM.Parameter(id, {
    Name: `/${id}`,
    Type: "String",
    Value: ["of", ...uses].join(" "),
    dependsOn: [...uses],
  });

/** Six chains of five, and thirty more that hang on the ends of the chains: sixty in all. */
async function graph(): Promise<void> {
  const ends = await Promise.all(
    Array.from({ length: chains }, async (_, c) => {
      for (let i = 0; i < length; i += 1)
        await parameter(`chain-${c}-${i}`, i === 0 ? [] : [`chain-${c}-${i - 1}`]);
      return `chain-${c}-${length - 1}`;
    }),
  );
  await Promise.all(Array.from({ length: fan }, (_, f) => parameter(`fan-${f}`, [ends[f % chains] ?? ""])));
}

/** Whether something that still exists names what is to be deleted. */
function isUsed(emulator: Emulator, { body }: IncomingCall): boolean {
  const { Identifier = "" } = body as { Identifier?: string };
  return emulator
    .resources()
    .some(({ Properties }) =>
      ((Properties as Parameter).Value ?? "").split(" ").includes(Identifier.slice(1)),
    );
}

test("sixty resources in chains and fans are destroyed users first, side by side where free", async () => {
  let refused = 0;
  const here = await cloud({
    operationMs: 1,
    faults: (call) => {
      if (call.api !== "DeleteResource" || !isUsed(here.emulator, call)) return undefined;
      refused += 1;
      return { failWith: { code: "ResourceConflict", message: "it is in use by another parameter" } };
    },
  });
  const report = await here.deploy(graph);
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  expect(here.emulator.resources()).toHaveLength(60);
  const destroyed = await here.destroy();
  expect(destroyed.ok).toBe(true);
  expect(destroyed.changes).toHaveLength(60);
  expect(here.emulator.resources()).toEqual([]);
  expect(refused).toBe(0);
});
