import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Props } from "../../../src/json.ts";
import { temporaryFolder } from "../registry/temporary-folder.ts";
import { type Cloud, cloud } from "../run.ts";

/** A type that no note knows: AWS chooses its identifier, and its list needs a project. */
export const probe = {
  typeName: "Acme::Monitor::Probe",
  properties: {
    Id: { type: "string" },
    Project: { type: "string" },
    Name: { type: "string" },
    Colour: { type: "string" },
    Limits: {
      type: "object",
      properties: { Low: { type: "integer" }, High: { type: "integer" } },
      additionalProperties: false,
    },
    Tags: {
      type: "array",
      items: { type: "object", properties: { Key: { type: "string" }, Value: { type: "string" } } },
    },
  },
  additionalProperties: false,
  primaryIdentifier: ["/properties/Id"],
  readOnlyProperties: ["/properties/Id"],
  createOnlyProperties: ["/properties/Project"],
  handlers: {
    create: { permissions: ["acme:CreateProbe"] },
    read: { permissions: ["acme:GetProbe"] },
    update: { permissions: ["acme:UpdateProbe", "acme:GetProbe"] },
    delete: { permissions: ["acme:DeleteProbe"] },
    list: {
      permissions: ["acme:ListProbes"],
      handlerSchema: {
        properties: { Project: { $ref: "resource-schema.json#/properties/Project" } },
        required: ["Project"],
      },
    },
  },
} as const;

/** An emulated cloud in which types are as these registry schemas say. */
export async function cloudOf(schemas: readonly object[], options: EmulatorOptions = {}): Promise<Cloud> {
  const file = join(await temporaryFolder(), "schemas.jsonl");
  await writeFile(file, schemas.map((schema) => `${JSON.stringify(schema)}\n`).join(""));
  return cloud({ schemas: file, ...options });
}

/** What a run answers inside the emulated cloud; nothing may be declared. */
export async function asked<T>({ deploy }: Pick<Cloud, "deploy">, ask: () => Promise<T>): Promise<T> {
  const answers: T[] = [];
  const report = await deploy(async () => void answers.push(await ask()));
  if (report.changes.length > 0 || answers.length !== 1) throw new Error(JSON.stringify(report.changes));
  return answers[0] as T;
}

/** Puts so many probes there, each with its number. */
export function putProbes({ emulator }: Cloud, count: number, props: (i: number) => Props): string[] {
  return Array.from(
    { length: count },
    (_, i) => emulator.put(probe.typeName, { Project: "p", ...props(i) }).Identifier,
  );
}
