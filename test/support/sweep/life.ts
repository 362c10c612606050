import { runAll } from "../../../src/app/run.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import type { Emulator, SeenResource } from "../../../src/emulator/index.ts";
import type { Change, Phase, Report } from "../../../src/events.ts";
import { type Json, type Props, equal, isList, isProps } from "../../../src/json.ts";
import type { ResourceOptions } from "../../../src/resource/call/options.ts";
import { identifierOf } from "../../../src/schema/identifier.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { Clock } from "../../../src/wire/clock.ts";
import type { Subject } from "./subject.ts";

/** Where subjects live. */
export interface World {
  readonly emulator: Emulator;
  readonly clock: Clock;
}

/** Leads one type through its whole life; returns what went wrong, or undefined. */
export async function lifeOf(subject: Subject, world: World): Promise<string | undefined> {
  try {
    await lived(subject, world);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface More {
  readonly adopt?: ResourceOptions["adopt"];
  readonly allowReplace?: boolean;
  readonly refresh?: RunOptions["refresh"];
}

async function lived({ type, facts, desired, mutable, fixed }: Subject, world: World): Promise<void> {
  const { emulator } = world;
  const store = memoryStore();
  const run = (phase: Phase, props: Props, more: More = {}, where = store): Promise<Report> => {
    const { adopt, refresh, ...options } = more;
    const program = () =>
      CloudControlResource("it", {
        TypeName: type,
        DesiredState: props,
        ...options,
        ...(adopt !== undefined && { adopt }),
      });
    const settings = settingsOf(
      `sweep ${type}`,
      { store: where, endpoint: emulator.url, region: "us-east-1", refresh },
      {},
    );
    return runAll({ ...settings, clock: world.clock }, { phase }, program);
  };
  const ofType = (): readonly SeenResource[] =>
    emulator.resources().filter(({ TypeName }) => TypeName === type);
  const around = new Set(ofType().map(({ Identifier }) => Identifier));
  const mine = (): readonly SeenResource[] => ofType().filter(({ Identifier }) => !around.has(Identifier));
  const there = (): readonly Props[] => mine().map(({ Properties }) => Properties);

  await expecting("create", () => run("deploy", desired), "create");
  const again = await expecting("nothing", () => run("deploy", desired), "nothing");
  require("nothing", Object.keys(again.calls).length === 0, `it made calls: ${JSON.stringify(again.calls)}`);

  let now = desired;
  if (mutable) {
    now = { ...now, [mutable.name]: mutable.to };
    const next = now;
    const updated = await expecting("update", () => run("deploy", next), "update");
    require("update", (updated.calls["UpdateResource"] ?? 0) === 1, "it took more than one update");
    require("update", holds(there()[0]?.[mutable.name], mutable.to), "the world lacks the new value");
    const identifier = mine()[0]?.Identifier ?? "";
    emulator.change(type, identifier, (model) => ({ ...model, [mutable.name]: mutable.from }));
    await expecting("repair", () => run("deploy", next, { refresh: true }), "update");
    require("repair", holds(there()[0]?.[mutable.name], mutable.to), "the world was not repaired");
  }
  if (fixed) {
    now = { ...now, [fixed.name]: fixed.to };
    const next = now;
    await expecting("replace", () => run("deploy", next, { allowReplace: true }), "replace");
    require("replace", there().length === 1, `${there().length} are left`);
  }

  const identifier = mine()[0]?.Identifier ?? "";
  const adopt = identifierOf(facts, now) === undefined ? { identifier } : true;
  const theirs = memoryStore();
  await expecting("adopt", () => run("deploy", now, { adopt }, theirs), "adopt");
  await expecting("destroy", () => run("destroy", now, {}, theirs), "delete");
  require("destroy", there().length === 0, "something is left");
}

async function expecting(step: string, run: () => Promise<Report>, move: Change["move"]): Promise<Report> {
  const report = await run();
  const [change] = report.changes;
  if (change?.error) throw new Error(`${step}: ${change.error.message}`);
  if (change?.move !== move)
    throw new Error(
      `${step}: it was ${change?.move ?? "nothing at all"}, because ${JSON.stringify(change?.because)}`,
    );
  return report;
}

function require(step: string, is: boolean, otherwise: string): void {
  if (!is) throw new Error(`${step}: ${otherwise}`);
}

/** What others have put beside what is asked (a tag, a key of a map) may stay. */
function holds(live: Json | undefined, wanted: Json): boolean {
  if (isList(live) && isList(wanted)) return wanted.every((one) => live.some((other) => holds(other, one)));
  if (!isProps(live) || !isProps(wanted)) return live !== undefined && equal(live, wanted);
  return Object.entries(wanted).every(([name, value]) => holds(live[name], value));
}
