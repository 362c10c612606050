import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { planFileOf } from "../../../src/app/options/plan-file.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { deploymentTrigger } from "../../../src/resource/outputs/deployment-trigger.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../../support/run.ts";

const hidden = "hunter2-very-secret";
const token = (value = hidden) => ({ Key: "token", Value: secret(value) });

async function recorded(store: StateStore): Promise<string> {
  const entries = await (await store.open("test", "dev")).entries();
  return JSON.stringify([...entries.values()]);
}

const bucket =
  (Tags: readonly { readonly Key: string; readonly Value: string }[], more: object = {}) =>
  () =>
    AWS.S3.Bucket("files", { BucketName: "files", Tags, ...more });

/** All that a run has said. */
const said = ({ events }: Cloud, ...reports: readonly unknown[]): string =>
  JSON.stringify([events, ...reports]);

describe("a secret inside a list", () => {
  test("stays hidden where the service keeps the list in another order", async () => {
    const { deploy, store } = await cloud();
    const rest = await methodOfTwo(deploy);
    expect(rest).toBe(true);
    expect(await recorded(store)).not.toContain(hidden);
  });

  test("stays hidden in plan, plan file, report, events and state when it comes to stand elsewhere", async () => {
    const here = await cloud();
    await here.deploy(bucket([token()]));
    const next = bucket([{ Key: "env", Value: "one" }, token()]);
    const plan = await here.deploy(next, { phase: "plan" });
    const report = await here.deploy(next);
    expect(said(here, planFileOf(plan, 0), report)).not.toContain(hidden);
    expect(await recorded(here.store)).not.toContain(hidden);
    expect(JSON.stringify(plan)).toContain('"env"');
    expect(movesOf(await here.deploy(next))).toEqual(["files: nothing"]);
  });

  test("stays hidden when it joins the tags of what is adopted", async () => {
    const here = await cloud();
    here.emulator.put("AWS::S3::Bucket", { BucketName: "files", Tags: [{ Key: "a", Value: "1" }] });
    const program = bucket([token()], { adopt: true });
    const plan = await here.deploy(program, { phase: "plan" });
    expect(said(here, planFileOf(plan, 0), await here.deploy(program))).not.toContain(hidden);
    expect(await recorded(here.store)).not.toContain(hidden);
  });

  test("stays hidden when what has drifted beside it is accepted, and is still known for the same", async () => {
    const { deploy, emulator, store } = await cloud();
    await deploy(bucket([token(), { Key: "env", Value: "dev" }]));
    emulator.change("AWS::S3::Bucket", "files", (now) => ({
      ...now,
      Tags: [
        { Key: "token", Value: hidden },
        { Key: "env", Value: "prod" },
      ],
    }));
    await deploy(() => Promise.resolve(), { phase: "drift", accept: true });
    expect(await recorded(store)).not.toContain(hidden);
    expect(await recorded(store)).toContain("prod");
    const report = await deploy(bucket([token(), { Key: "env", Value: "prod" }]));
    expect(changeOf(report, "files").move).toBe("nothing");
  });
});

/** Declares a method whose responses the service sorts. */
async function methodOfTwo(deploy: Cloud["deploy"]): Promise<boolean> {
  const report = await deploy(async () => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
    await AWS.ApiGateway.Method("get", {
      RestApiId: api,
      ResourceId: api.RootResourceId,
      HttpMethod: "GET",
      AuthorizationType: "NONE",
      MethodResponses: [{ StatusCode: "200" }, { StatusCode: "500" }],
      Integration: {
        Type: "MOCK",
        IntegrationResponses: [
          { StatusCode: "500", SelectionPattern: "5..", ResponseTemplates: { "text/plain": secret(hidden) } },
          { StatusCode: "200" },
        ],
      },
    });
  });
  return report.ok;
}

test("a secret beside one under the key * is hidden as well", async () => {
  const { deploy, store } = await cloud();
  const report = await deploy(() =>
    AWS.Lambda.Function("f", {
      FunctionName: "f",
      Role: "arn:aws:iam::123456789012:role/x",
      Code: { ZipFile: "x" },
      Handler: "index.handler",
      Runtime: "nodejs20.x",
      Environment: { Variables: { "*": secret("abcdefgh"), TOKEN: secret(hidden) } },
    }),
  );
  expect(report.ok).toBe(true);
  expect(await recorded(store)).not.toMatch(/abcdefgh|hunter2/);
});

describe("the output of a secret property", () => {
  const parameter = (id: string, Value: string) =>
    AWS.SSM.Parameter(id, { Name: `/${id}`, Type: "String", Value });

  test("is the value itself, which stays secret wherever it is passed on", async () => {
    const here = await cloud();
    const program = async (): Promise<void> => {
      const { Value } = await parameter("a", secret(hidden));
      await parameter("b", `token=${Value}`);
    };
    const report = await here.deploy(program);
    expect(here.emulator.resources().map(({ Properties }) => Properties["Value"])).toEqual([
      hidden,
      `token=${hidden}`,
    ]);
    expect(await recorded(here.store)).not.toContain(hidden);
    const again = await here.deploy(program);
    expect(again.calls).toEqual({});
    expect(said(here, report, again)).not.toContain(hidden);
  });

  test("counts in a trigger", async () => {
    const { deploy } = await cloud();
    const triggers: string[] = [];
    for (const value of ["value-one", "value-two"])
      await deploy(async () => {
        triggers.push(deploymentTrigger(await parameter("a", secret(value))));
      });
    expect(triggers[0]).not.toBe(triggers[1]);
  });
});

describe("what is said of a secret", () => {
  test("by a check, in a retry of a sibling or of a search does not quote it", async () => {
    let updates = 0;
    const here = await cloud({
      faults: ({ api }) =>
        api === "CreateResource" && updates++ === 0
          ? { failWith: { code: "Throttling", message: `Rate exceeded: "${hidden}\\n"` } }
          : undefined,
    });
    const report = await here.deploy(async () => {
      await Promise.all([
        AWS.SSM.Parameter("a", { Name: "/a", Type: "String", Value: secret(`${hidden}\n`) }),
        AWS.SSM.Parameter("b", { Name: "/b", Type: "String", Value: "plain" }),
      ]);
      await AWS.ApiGateway.IntegrationResponse("reply", {
        RestApiId: "a",
        ResourceId: "b",
        HttpMethod: "GET",
        StatusCode: "200",
        ResponseParameters: { "method.response.header.X": secret(hidden) },
      });
    });
    expect(changeOf(report, "reply").error?.code).toBe("VALIDATION");
    expect(said(here, report)).not.toContain(hidden);
  });
});

describe("a secret itself", () => {
  test("shows nothing when it is inspected or copied, and cannot be put into text", () => {
    const one = secret(hidden);
    expect(inspect({ one, copy: { ...(one as object) } }, { showHidden: false })).not.toContain(hidden);
    expect(() => `token ${one}`).toThrow("make the whole text a secret");
  });

  test("may hold another", async () => {
    const { deploy, emulator } = await cloud({}, memoryStore());
    const Tags = secret([{ Key: "token", Value: secret(hidden) }]);
    await deploy(() => AWS.S3.Bucket("files", { BucketName: "files", Tags }));
    expect(emulator.resources()[0]?.Properties["Tags"]).toEqual([{ Key: "token", Value: hidden }]);
  });
});
