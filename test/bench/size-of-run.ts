// One run of the bench in a process of its own: `size-of-run.ts <endpoint> <kind> <count> [create]`. Prints what it took as JSON.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

const [endpoint = "", kind = "file", counted = "1000", phases = "all"] = process.argv.slice(2);
const count = Number(counted);
const indexes = Array.from({ length: count }, (_, i) => i);

/** What one phase took. */
interface Taken {
  readonly phase: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly calls: number;
  readonly rssMb: number;
}

const taken: Taken[] = [];

async function measure(phase: string, work: () => Promise<number>): Promise<void> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const calls = await work();
  const { user, system } = process.cpuUsage(cpu);
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  taken.push({ phase, ms: performance.now() - startedAt, cpuMs: (user + system) / 1000, calls, rssMb });
}

/** The floor: three calls a resource, as many at a time as the library sends, each poll when the operation has ended. */
async function runBare(): Promise<void> {
  const sdk = await import("@aws-sdk/client-cloudcontrol");
  const client = new sdk.CloudControlClient({ endpoint, maxAttempts: 1 });
  const TypeName = "AWS::SQS::Queue";
  const create = async (i: number): Promise<void> => {
    const DesiredState = JSON.stringify({ QueueName: `bare-${i}` });
    const { ProgressEvent } = await client.send(new sdk.CreateResourceCommand({ TypeName, DesiredState }));
    await new Promise((done) => setTimeout(done, 300));
    const RequestToken = ProgressEvent?.RequestToken;
    const ended = await client.send(new sdk.GetResourceRequestStatusCommand({ RequestToken }));
    const Identifier = ended.ProgressEvent?.Identifier;
    await client.send(new sdk.GetResourceCommand({ TypeName, Identifier }));
  };
  await measure("create", async () => {
    await forEach(indexes, create);
    return 3 * count;
  });
}

const atATime = 100;

async function forEach(items: readonly number[], work: (i: number) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: atATime }, async () => {
    for (const i of left) await work(i);
  });
  await Promise.all(workers);
}

/** A door of the package as it is published. */
const door = async <T>(name: string): Promise<T> =>
  (await import(new URL(`../../dist/${name}`, import.meta.url).href)) as T;

async function runOurs(): Promise<void> {
  const { AWS, reconcile } = await door<typeof import("../../src/index.ts")>("index.js");
  const { jsonFileStore, memoryStore, s3Store } =
    await door<typeof import("../../src/state/index.ts")>("state/index.js");
  const folder = mkdtempSync(join(tmpdir(), "await-aws-bench-"));
  const stores = { memory: memoryStore, s3: () => s3Store({ bucket: "bench-state", endpoint }) };
  const store = kind === "memory" || kind === "s3" ? stores[kind]() : jsonFileStore(folder);
  const program = (delay: number) => async (): Promise<void> => {
    await Promise.all(
      indexes.map((i) => AWS.SQS.Queue(`q${i}`, { QueueName: `q${i}`, DelaySeconds: delay })),
    );
  };
  const run = async (delay: number, phase: "deploy" | "plan" | "drift" | "destroy" = "deploy") => {
    const report = await reconcile("bench", program(delay), { endpoint, store, phase });
    if (!report.ok) throw new Error(JSON.stringify(report.changes.find(({ error }) => error)));
    return Object.values(report.calls).reduce((sum, calls) => sum + calls, 0);
  };
  try {
    await measure("create", () => run(0));
    if (phases === "create") return;
    await measure("unchanged", () => run(0));
    await measure("unchanged again", () => run(0));
    await measure("plan", () => run(1, "plan"));
    await measure("update", () => run(1));
    await measure("drift", () => run(1, "drift"));
    await measure("destroy", () => run(1, "destroy"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await (kind === "bare" ? runBare() : runOurs());
process.stdout.write(`${JSON.stringify(taken)}\n`);
