import { describe, expect, test } from "vitest";
import { type Project, project } from "../support/cli/project.ts";

const script = `
import AWS, { app } from "await-aws";
const shop = await app("shop");
const queue = await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
await AWS.SNS.Topic("news", { TopicName: "news", DisplayName: queue.QueueName });
await shop.finalize();
`;

/** A project whose cloud has a bucket. */
async function withBucket(): Promise<Project> {
  const made = await project();
  made.emulator.put("AWS::S3::Bucket", { BucketName: "team-state" });
  made.write("deploy.ts", script);
  return made;
}

/** The calls of S3 since the last time, by API. */
function writesOf({ emulator }: Project): () => number {
  let from = 0;
  return () => {
    const all = emulator.calls.slice(from).filter(({ api }) => api === "s3:PutObject");
    from = emulator.calls.length;
    return all.length;
  };
}

const url = "s3://team-state/apps";

describe("state in S3 on the command line", () => {
  test("is told by --store, and every command finds it there", async () => {
    const here = await withBucket();
    const deployed = await here.run("deploy", "deploy.ts", "--store", url);
    expect([deployed.code, deployed.stderr]).toEqual([0, expect.stringContaining("jobs")]);
    // As the script's own word, it is the same store.
    here.write("deploy.ts", script.replace('app("shop")', `app("shop", { store: "${url}" })`));
    const again = await here.run("plan", "deploy.ts", "--json");
    expect(JSON.parse(again.stdout).changes.map((one: { move: string }) => one.move)).toEqual([
      "nothing",
      "nothing",
    ]);
    const listed = await here.run("state", "list", "--store", url, "--json");
    expect(JSON.parse(listed.stdout)).toEqual([
      expect.objectContaining({ app: "shop", stage: "dev", id: "jobs", status: "settled" }),
      expect.objectContaining({ app: "shop", stage: "dev", id: "news", status: "settled" }),
    ]);
    const shown = await here.run("state", "show", "jobs", "--store", url);
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: "jobs", desired: { QueueName: "jobs" } });
    expect((await here.run("state", "doctor", "--store", url)).stdout).toBe("All is well.\n");
    expect((await here.run("unlock", "shop", "--yes", "--store", url)).stdout).toContain("is not locked");
    const drift = await here.run("drift", "deploy.ts", "--store", url, "--json");
    expect([drift.code, JSON.parse(drift.stdout).changes.length]).toEqual([0, 2]);
    const destroyed = await here.run("destroy", "deploy.ts", "--yes", "--store", url);
    expect([destroyed.code, here.emulator.resources().map(({ Identifier }) => Identifier)]).toEqual([
      0,
      ["team-state"],
    ]);
    expect(JSON.parse((await here.run("state", "list", "--store", url, "--json")).stdout)).toEqual([]);
  });

  test("is told by AWAIT_AWS_STATE, over which the flag stands, and which a program's own store leaves alone", async () => {
    const here = await withBucket();
    const writes = writesOf(here);
    const environment = { AWAIT_AWS_STATE: url };
    expect((await here.runWith(environment, "deploy", "deploy.ts")).code).toBe(0);
    expect(writes()).toBeGreaterThan(3);
    const sql = ["sql", "--json", "SELECT id FROM state.entries ORDER BY id"];
    expect(JSON.parse((await here.runWith(environment, ...sql)).stdout)).toEqual([
      { id: "jobs" },
      { id: "news" },
    ]);
    expect(JSON.parse((await here.run(...sql, "--store", url)).stdout)).toHaveLength(2);
    const plan = await here.runWith(environment, "plan", "deploy.ts", "--json", "--store", "elsewhere");
    expect(JSON.parse(plan.stdout).changes.map((one: { move: string }) => one.move)).toEqual([
      "create",
      "create",
    ]);
    here.write("deploy.ts", script.replace('app("shop")', 'app("shop", { store: "own" })'));
    writes();
    expect((await here.runWith(environment, "deploy", "deploy.ts", "--adopt")).code).toBe(0);
    expect(writes()).toBe(0);
  });

  test.each([
    ["gs://team-state", "begins with gs://"],
    ["s3:///apps", "names no bucket"],
    ["s3://team-state/apps?regoin=eu-west-1", "did you mean region?"],
    ["s3://nobody-has/it", "npx await-aws state init s3://nobody-has"],
  ])("is refused as %s, with what to do", async (store, what) => {
    const here = await withBucket();
    const { code, stderr } = await here.run("deploy", "deploy.ts", "--store", store);
    expect([code, stderr]).toEqual([expect.toSatisfy((one) => one !== 0), expect.stringContaining(what)]);
    expect(here.emulator.calls.filter(({ api }) => api === "CreateResource")).toEqual([]);
  });
});

describe("await-aws state init", () => {
  const properties = ({ emulator }: Project, name: string) =>
    emulator.resources().find(({ Identifier }) => Identifier === name)?.Properties;

  test("makes a bucket that is versioned, closed and encrypted, in which state then lies", async () => {
    const here = await withBucket();
    const made = await here.run("state", "init", "s3://new-state/apps", "--yes");
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining("--store s3://new-state/apps")]);
    expect(properties(here, "new-state")).toMatchObject({
      VersioningConfiguration: { Status: "Enabled" },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
    expect((await here.run("deploy", "deploy.ts", "--store", "s3://new-state/apps")).code).toBe(0);
    const again = await here.run("state", "init", "s3://new-state/apps", "--yes");
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("is ready")]);
  });

  test("makes one right that is there, and leaves alone what its owner has said of it", async () => {
    const here = await withBucket();
    const lifecycle = { Rules: [{ Id: "own", Status: "Enabled", ExpirationInDays: 7 }] };
    const kms = { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "alias/own" } };
    const open = { BlockPublicAcls: false, RestrictPublicBuckets: false };
    here.emulator.change("AWS::S3::Bucket", "team-state", (model) => ({
      ...model,
      LifecycleConfiguration: lifecycle,
      BucketEncryption: { ServerSideEncryptionConfiguration: [kms] },
      PublicAccessBlockConfiguration: open,
    }));
    expect((await here.run("state", "init", "s3://team-state", "--yes")).code).toBe(0);
    expect(properties(here, "team-state")).toMatchObject({
      VersioningConfiguration: { Status: "Enabled" },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [kms] },
      LifecycleConfiguration: lifecycle,
    });
  });

  test("takes no folder", async () => {
    const here = await withBucket();
    const { code, stderr } = await here.run("state", "init", "state", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("takes s3://bucket")]);
  });
});
