import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import type { Emulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { behaviourOf } from "../../src/emulator/behaviours/all.ts";
import { changeOf, cloud } from "../support/run.ts";
import { naturalKeys } from "../support/services/all-notes.ts";
import { instanceOf } from "../support/services/instances.ts";

const nothing = { parents: [], keys: [] };

/** Creates by hand what the emulator wants to see first, with the very ids that the model states. */
function putParents(emulator: Emulator, type: string, model: Props): void {
  for (const parent of behaviourOf(type).parents ?? []) {
    const ids = Object.fromEntries(parent.keys.map((name) => [name, model[name] ?? ""]));
    const isThere = emulator
      .resources()
      .some(
        ({ TypeName, Properties }) =>
          TypeName === parent.type && parent.keys.every((name) => Properties[name] === ids[name]),
      );
    if (isThere) continue;
    const above = { ...instanceOf(parent.type, nothing), ...ids };
    putParents(emulator, parent.type, above);
    emulator.put(parent.type, above);
  }
}

/** Creates a resource by hand, as if somebody had done so in a console. */
function put(emulator: Emulator, type: string, model: Props): string {
  putParents(emulator, type, model);
  return emulator.put(type, model).Identifier;
}

/**
 * Whether a second one of another name has no place beside it: nothing but the parents tells it apart, or the emulator
 * makes its ARN of the identifier parts that are given, and these are the parents' alone.
 */
function isAlone({ type, key }: (typeof naturalKeys)[number]): boolean {
  const isParent = (name: string): boolean => key.parents.includes(name.replace(/^\//, ""));
  if (key.keys.every(isParent) && !key.tags) return true;
  const { primaryIdentifier = [], readOnly = [] } = bundledFacts(type) ?? {};
  const given = primaryIdentifier.filter((pointer) => !readOnly.includes(pointer));
  const isMade = primaryIdentifier.some((pointer) => pointer.endsWith("Arn") && !given.includes(pointer));
  return isMade && given.length > 0 && given.every(isParent);
}

const ranks = [...new Set(naturalKeys.map(({ rank }) => rank))];

describe("adoption by natural key", () => {
  test.each(ranks)("number %i takes over what was made by hand, from an empty store", async (wanted) => {
    const { deploy, emulator } = await cloud();
    const walked = naturalKeys.filter(({ rank }) => rank === wanted);
    const made = walked.map((natural) => {
      const { type, key } = natural;
      const model = instanceOf(type, key);
      const identifier = put(emulator, type, model);
      if (!isAlone(natural)) put(emulator, type, instanceOf(type, key, "theirs"));
      return { type, model, identifier };
    });
    const before = emulator.resources().length;

    const report = await deploy(() =>
      Promise.allSettled(
        made.map(({ type, model }) =>
          CloudControlResource(type, { TypeName: type, DesiredState: model, adopt: true }),
        ),
      ),
    );

    const odd = made.filter(({ type, identifier }) => {
      const change = changeOf(report, type);
      return change.move !== "adopt" || change.identifier !== identifier || change.error;
    });
    expect(odd.map(({ type }) => changeOf(report, type))).toEqual([]);
    expect(made.length).toBeGreaterThan(0);
    expect(report.calls["CreateResource"]).toBeUndefined();
    expect(emulator.resources()).toHaveLength(before);
  });
});
