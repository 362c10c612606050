import { describe, expect, test } from "vitest";
import { planFileOf } from "../../src/app/options/plan-file.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";

const topic = (TopicName: string) => AWS.SNS.Topic("t", { TopicName });
const namesIn = ({ emulator }: Cloud): unknown[] =>
  emulator.resources().map(({ Properties }) => Properties["TopicName"]);

/** A replacement whose run then failed: the old one waits to be deleted. */
async function waiting(): Promise<Cloud> {
  const here = await cloud();
  await here.deploy(() => topic("one"));
  const failing = async (): Promise<void> => {
    await topic("two");
    throw new Error("half-way");
  };
  await expect(here.deploy(failing)).rejects.toThrow("half-way");
  expect(namesIn(here)).toEqual(["one", "two"]);
  return here;
}

describe("the old one of a replacement", () => {
  test("stands in the plan that would delete it, and in the report of the run that does", async () => {
    const here = await waiting();
    const plan = await here.deploy(() => topic("two"), { phase: "plan" });
    expect(movesOf(plan)).toEqual(["t: nothing", "t: delete"]);
    expect(plan.renames).toBeUndefined();
    const report = await here.deploy(() => topic("two"), { plan: planFileOf(plan, 0) });
    expect(movesOf(report)).toEqual(["t: nothing", "t: delete"]);
    expect(report.changes[1]?.identifier).toMatch(/:one$/);
    expect(namesIn(here)).toEqual(["two"]);
  });

  test("is not deleted by a deploy whose plan does not tell of it", async () => {
    const here = await waiting();
    const { changes, ...plan } = await here.deploy(() => topic("two"), { phase: "plan" });
    const less = planFileOf({ ...plan, changes: changes.slice(0, 1) }, 0);
    expect(movesOf(await here.deploy(() => topic("two"), { plan: less }))).toContain("t: PLAN_MISMATCH");
    expect(namesIn(here)).toEqual(["one", "two"]);
  });

  test("is still deleted when drift finds the new one gone and that is accepted", async () => {
    const here = await waiting();
    const [, two] = here.emulator.resources();
    here.emulator.remove("AWS::SNS::Topic", two?.Identifier ?? "");
    await here.deploy(() => Promise.resolve(), { phase: "drift", accept: true });
    expect((await here.destroy()).ok).toBe(true);
    expect(namesIn(here)).toEqual([]);
  });

  test("is no answer to whoever asks for another one", async () => {
    const { deploy, emulator } = await cloud();
    const gateway = async (fails = false): Promise<void> => {
      await AWS.EC2.InternetGateway("g", {});
      if (fails) throw new Error("half-way");
    };
    await deploy(() => gateway());
    const [broken] = emulator.resources();
    await expect(deploy(() => gateway(true), { replace: ["g"] })).rejects.toThrow("half-way");
    expect(movesOf(await deploy(() => gateway(), { replace: ["g"] }))).toContain("g: replace");
    expect(emulator.resources()).toHaveLength(1);
    expect(emulator.resources()[0]?.Identifier).not.toBe(broken?.Identifier);
  });
});

describe("a plan that is kept to", () => {
  const queue =
    (more: object = {}) =>
    () =>
      AWS.SQS.Queue("q", { QueueName: "q", DelaySeconds: 5, ...more });

  test("repairs what it told to repair, although state knows of nothing to do", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(queue());
    const [made] = emulator.resources();
    emulator.change("AWS::SQS::Queue", made?.Identifier ?? "", (now) => ({ ...now, DelaySeconds: 77 }));
    const plan = planFileOf(await deploy(queue(), { phase: "plan", refresh: true }), 0);
    expect(movesOf(await deploy(queue(), { plan }))).toEqual(["q: update"]);
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(5);
  });

  test("refuses another value where it tells one to be added", async () => {
    const { deploy } = await cloud();
    const tagged = (Value: string) => queue({ Tags: [{ Key: "env", Value }] });
    await deploy(queue());
    const plan = planFileOf(await deploy(tagged("dev"), { phase: "plan" }), 0);
    const report = await deploy(tagged("prod"), { plan });
    expect(movesOf(report)).toEqual(["q: PLAN_MISMATCH"]);
    expect(changeOf(report, "q").error?.message).toContain(
      '/Tags is [{"Key":"env","Value":"prod"}], planned was [{"Key":"env","Value":"dev"}]',
    );
    expect(movesOf(await deploy(tagged("dev"), { plan }))).toEqual(["q: update"]);
  });

  test("tells of an adoption that another id of the app stands in the way of", async () => {
    const { deploy } = await cloud();
    await deploy(queue());
    const taking = () => AWS.SQS.Queue("new", { QueueName: "q", adopt: true });
    expect(movesOf(await deploy(taking, { phase: "plan" }))).toContain("new: OWNED");
    expect(movesOf(await deploy(taking))).toEqual(["new: OWNED"]);
  });
});
