import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { IncomingCall } from "../../../src/emulator/index.ts";
import { type ClaimWorld, claimWorld } from "../../support/resource/claims.ts";
import { movesOf } from "../../support/run.ts";

const isWhole = process.env["AWAIT_AWS_CLAIMS"] === "all";
const codes = (
  isWhole
    ? "InvalidRequest AccessDenied InternalFailure GeneralServiceException NotStabilized ServiceInternalError " +
      "NetworkFailure ResourceConflict Throttling ServiceLimitExceeded NotUpdatable NotFound AlreadyExists " +
      "ServiceTimeout InvalidCredentials HandlerFailure"
    : "NotStabilized AlreadyExists"
).split(" ");

/** A type, and how one of a name is declared. */
interface Kind {
  readonly type: string;
  readonly declare: (id: string, name: string, more?: object) => Promise<unknown>;
}

const byUser: Kind = {
  type: "AWS::Logs::LogGroup",
  declare: (id, name, more) => AWS.Logs.LogGroup(id, { LogGroupName: `/${name}`, ...more }),
};

const blocks: Readonly<Record<string, string>> = { ours: "10.0.0.0/16", second: "10.1.0.0/16" };
const byAws: Kind = {
  type: "AWS::EC2::VPC",
  declare: (id, name, more) => AWS.EC2.VPC(id, { CidrBlock: blocks[name] ?? "10.2.0.0/16", ...more }),
};

/** AWS makes the identifier, and makes it of the name that the user chose. */
const afterName: Kind = {
  type: "AWS::SQS::Queue",
  declare: (id, name, more) => AWS.SQS.Queue(id, { QueueName: name, ...more }),
};

const kinds = {
  "its user names": byUser,
  "AWS names": byAws,
  "AWS names after a name of the user's": afterName,
};

const creates = ({ api }: IncomingCall): boolean => api === "CreateResource";

/** What is recorded before the create that fails, by every way into the store; returns the id and options of its call. */
const ways: Readonly<Record<string, (world: ClaimWorld, kind: Kind) => Promise<[string, object?]>>> = {
  "nothing is recorded": async () => ["it"],
  "a settled one is replaced": async ({ run }, { declare }) => {
    await run("deploy", () => declare("it", "ours"));
    return ["it"];
  },
  "an incomplete one is replaced": async ({ run, befall }, { declare }) => {
    befall((call) =>
      creates(call) ? { failWith: { code: "NotStabilized", identifier: true, created: true } } : undefined,
    );
    await run("deploy", () => declare("it", "ours"));
    return ["it"];
  },
  "an imported one is replaced": async ({ emulator, run, importOne }, { type, declare }) => {
    const before = new Set(emulator.resources().map(({ Identifier }) => Identifier));
    await run("deploy", () => declare("it", "ours"));
    const made = emulator.resources().find(({ Identifier }) => !before.has(Identifier));
    await run("destroy", () => Promise.resolve());
    emulator.put(type, made?.Properties ?? {});
    const put = emulator.resources().find(({ Identifier }) => !before.has(Identifier));
    return [await importOne(type, put?.Identifier ?? "")];
  },
  "an old one is still to be deleted": async ({ run, befall }, { declare }) => {
    await run("deploy", () => declare("it", "ours"));
    befall(({ api }) => (api === "DeleteResource" ? { failWith: { code: "InvalidRequest" } } : undefined));
    await run("deploy", () => declare("it", "second"));
    return ["it"];
  },
  "one of another id is renamed": async ({ run }, { declare }) => {
    await run("deploy", () => declare("before", "ours"));
    return ["it", { renamedFrom: "before" }];
  },
};

/** Cuts the next run off from what becomes of its create: the run after it resumes. */
async function cutOff({ run, befall }: ClaimWorld, failing: object, program: () => Promise<unknown>) {
  befall((call) => {
    if (creates(call)) return { failWith: failing as { code: string } };
    return call.api === "GetResourceRequestStatus"
      ? { error: { type: "AccessDeniedException", message: "not allowed to ask" } }
      : undefined;
  });
  await run("deploy", program);
}

/** What somebody else has, in either way of naming that lets its name be taken, and what a correction of ours would change. */
const takable = [
  {
    naming: "whose name its user chose",
    kind: byUser,
    theirs: { LogGroupName: "/theirs", RetentionInDays: 30 },
    other: { RetentionInDays: 7 },
  },
  {
    naming: "that AWS has named after its user's name",
    kind: afterName,
    theirs: { QueueName: "theirs", DelaySeconds: 5 },
    other: { DelaySeconds: 7 },
  },
] as const;

const shownIn = ({ emulator }: ClaimWorld, type: string) =>
  emulator
    .resources()
    .filter(({ TypeName }) => TypeName === type)
    .map(({ Properties }) => Properties);

describe.each(Object.keys(ways))("where %s, what existed before", (way) => {
  test.each(
    takable.flatMap((one) =>
      codes.flatMap((code) =>
        ["at once", "resumed by the next run"].flatMap((when) =>
          ["nobody in this store", "another app of it"].map((owner) => ({ ...one, code, when, owner })),
        ),
      ),
    ),
  )(
    "$naming, of $owner, is never ours where a create failed with $code, $when: not recorded, updated or deleted",
    async ({ kind, theirs, other, code, when, owner }) => {
      const world = await claimWorld();
      const { emulator, run, befall, recorded } = world;
      const { type, declare } = kind;
      if (owner === "another app of it")
        await world.runOf("theirs", () => declare("theirs", "theirs", theirs));
      else emulator.put(type, theirs);
      const [id, options] = (await ways[way]?.(world, kind)) ?? ["it"];
      const program =
        (more = {}) =>
        () =>
          declare(id, "theirs", { ...options, ...more });
      const failing = { code, identifier: true };
      if (when === "at once") {
        befall((call) => (creates(call) ? { failWith: failing } : undefined));
        const report = await run("deploy", program());
        expect(report.ok).toBe(false);
      } else {
        await cutOff(world, failing, program());
        befall((call) => (creates(call) ? { failWith: failing } : undefined));
        await run("deploy", program());
      }
      const isTheirs = expect.stringMatching(/\/theirs$/);
      expect(await recorded()).not.toContainEqual(isTheirs);
      befall(() => undefined);
      expect((await run("deploy", program(other))).ok).toBe(false);
      expect(await recorded()).not.toContainEqual(isTheirs);
      await run("destroy", () => Promise.resolve());
      const left = shownIn(world, type);
      expect(left).toEqual([expect.objectContaining(theirs)]);
      expect(await recorded()).toEqual([]);
    },
  );
});

describe.each(Object.keys(ways))("where %s, what a failing create of ours made", (way) => {
  const made = codes.filter((code) => code !== "AlreadyExists");
  const cases = Object.keys(kinds).flatMap((kind) =>
    made.flatMap((code) => ["at once", "resumed by the next run"].map((when) => [code, when, kind] as const)),
  );
  test.each(cases)("with %s, %s, is healed where %s it", async (code, when, naming) => {
    const kind = kinds[naming as keyof typeof kinds];
    const world = await claimWorld();
    const { emulator, run, befall, recorded } = world;
    const [id, options] = (await ways[way]?.(world, kind)) ?? ["it"];
    const program = () => kind.declare(id, "wanted", options);
    const failing = { code, identifier: true, created: true };
    if (when === "at once") {
      befall((call) => (creates(call) ? { failWith: failing } : undefined));
      await run("deploy", program);
    } else await cutOff(world, failing, program);
    befall(() => undefined);
    await run("deploy", program);
    const last = await run("deploy", program);
    expect(last.changes.filter(({ error }) => error)).toEqual([]);
    const there = emulator.resources().filter(({ TypeName }) => TypeName === kind.type);
    expect(there).toHaveLength(1);
    expect(await recorded()).toEqual(there.map(({ Identifier }) => Identifier));
    expect(movesOf(await run("destroy", () => Promise.resolve()))).toEqual([`${id}: delete`]);
    expect(shownIn(world, kind.type)).toEqual([]);
  });
});
