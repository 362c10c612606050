import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Cloud } from "../run.ts";
import { briskClock } from "../sweep/brisk-clock.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { cloudOf, probe } from "./probe.ts";

const list = { type: "array", items: { type: "string" } };
const text = { type: "string" };

/** A type of which reads show little: what is `Sealed…` was fixed at creation and is never shown. */
export const box = {
  ...probe,
  typeName: "Acme::Vault::Box",
  properties: {
    Id: text,
    Name: text,
    Colour: text,
    SealedZones: list,
    SealedText: text,
    SealedCount: { type: ["integer", "string"] },
    SealedPolicy: { type: ["object", "string"] },
    Key: text,
    Rules: list,
    Source: {
      type: "object",
      properties: { SealedName: text, SealedZones: list, Note: text },
      additionalProperties: false,
    },
  },
  primaryIdentifier: ["/properties/Id"],
  createOnlyProperties: [
    "/properties/SealedZones",
    "/properties/SealedText",
    "/properties/SealedCount",
    "/properties/SealedPolicy",
    "/properties/Source/SealedName",
    "/properties/Source/SealedZones",
  ],
  writeOnlyProperties: [
    "/properties/SealedZones",
    "/properties/SealedText",
    "/properties/SealedCount",
    "/properties/SealedPolicy",
    "/properties/Key",
    "/properties/Rules",
    "/properties/Source",
  ],
  handlers: { ...probe.handlers, list: { permissions: ["acme:ListBoxes"] } },
} as const;

/** Declares a box as a script does. */
export const declareBox = (DesiredState: object, options: object = {}): Promise<object> =>
  CloudControlResource("box", { TypeName: box.typeName, DesiredState, ...options } as never);

/** A cloud that serves boxes, and runs against it in which waiting takes no time. */
export async function boxWorld(options: EmulatorOptions = {}): Promise<Cloud> {
  const clock = briskClock();
  const world = await cloudOf([box], options);
  const run = { store: world.store, endpoint: world.emulator.url, region: "us-east-1", allowReplace: true };
  return {
    ...world,
    deploy: (program, more = {}) =>
      runAll(
        { ...settingsOf("test", { ...run, ...more }, process.env), clock },
        { phase: "deploy" },
        program,
      ),
  };
}
