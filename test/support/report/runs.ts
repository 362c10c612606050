import type { Change, Report, Step } from "../../../src/events.ts";
import { hostileNames } from "./hostile-names.ts";

const report = (phase: Report["phase"], changes: readonly Change[], more: Partial<Report> = {}): Report => ({
  version: 2,
  app: "shop",
  stage: "prod",
  phase,
  startedAt: "2026-03-01T09:30:00.000Z",
  ok: changes.every(({ error }) => !error),
  changes,
  calls: { GetResource: changes.length, GetResourceRequestStatus: 2 * changes.length },
  durationMs: 41_300,
  ...more,
});

const queue = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  type: "AWS::SQS::Queue",
  move: "create",
  durationMs: 1_500,
  ...more,
});

const policy = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: [action, "logs:PutLogEvents"], Resource: "arn:aws:logs:*:*:*" }],
});

/** A plan of every move, and of what a plan can leave open. */
export const aPlan = (): Report =>
  report(
    "plan",
    [
      queue("orders", {
        desired: { QueueName: "orders", DelaySeconds: 5, KmsMasterKeyId: "⟨key.KeyId⟩" },
        unknown: ["/KmsMasterKeyId"],
        uses: ["key"],
        site: "deploy.ts:12:7",
      }),
      queue("key", {
        type: "AWS::KMS::Key",
        move: "update",
        identifier: "1234abcd-12ab-34cd-56ef-1234567890ab",
        patch: [
          { op: "replace", path: "/Description", from: "of the shop", value: "of the whole shop" },
          { op: "add", path: "/Tags/0", value: { Key: "team", Value: "shop" } },
          { op: "remove", path: "/KeySpec", from: "SYMMETRIC_DEFAULT" },
        ],
      }),
      queue("role", {
        type: "AWS::IAM::Role",
        move: "adopt",
        identifier: "shop-role",
        patch: [{ op: "replace", path: "/Policy", from: policy("s3:GetObject"), value: policy("s3:*") }],
      }),
      queue("table", {
        type: "AWS::DynamoDB::Table",
        move: "replace",
        order: "delete-first",
        because: [{ path: "/TableName", from: "old", to: "new" }],
        uses: ["key"],
      }),
      queue("uploads", { type: "AWS::S3::Bucket", move: "delete", holdsData: true, identifier: "uploads-1" }),
      queue("topic", { type: "AWS::SNS::Topic", move: "forget" }),
      queue("bus", { type: "AWS::Events::EventBus", move: "nothing" }),
    ],
    { renames: [{ from: "uploads", to: "files", type: "AWS::S3::Bucket" }], durationMs: 900 },
  );

const step = (name: Step["step"], fromMs: number, toMs: number, more: Partial<Step> = {}): Step => ({
  step: name,
  fromMs,
  toMs,
  ...more,
});

const denied = {
  code: "ACCESS_DENIED",
  kind: "denied",
  message:
    'AWS::SQS::Queue "q-7": User is not authorized to perform: sqs:CreateQueue. Give the role sqs:CreateQueue.',
  advice: "Give the role sqs:CreateQueue.",
} as const;

/** A deploy of sixty resources of which nine failed: a key, a table that needs it and is throttled, queues that need that. */
export function aFailedDeploy(): Report {
  const key = queue("key", {
    type: "AWS::KMS::Key",
    durationMs: 4_000,
    startedMs: 0,
    steps: [step("sent", 0, 200), step("under way", 200, 3_900), step("read back", 3_900, 4_000)],
  });
  const table = queue("table", {
    type: "AWS::DynamoDB::Table",
    uses: ["key"],
    startedMs: 4_000,
    durationMs: 26_000,
    steps: [
      step("waiting", 0, 4_000, { waitsFor: ["key"] }),
      step("sent", 4_000, 4_300),
      step("pause", 4_300, 8_300, { code: "THROTTLED", why: "Rate exceeded" }),
      step("sent", 8_300, 8_500),
      step("under way", 8_500, 29_800),
      step("read back", 29_800, 30_000),
    ],
  });
  const queues = Array.from({ length: 58 }, (_, i) =>
    queue(`q-${i}`, {
      uses: i % 2 === 0 ? ["key"] : ["table"],
      startedMs: i % 2 === 0 ? 4_000 : 30_000,
      durationMs: 3_000 + 140 * i,
      steps: [
        step("waiting", 0, i % 2 === 0 ? 4_000 : 30_000, { waitsFor: [i % 2 === 0 ? "key" : "table"] }),
        step("queued", (i % 2 === 0 ? 4_000 : 30_000) + 1, (i % 2 === 0 ? 4_000 : 30_000) + 20 * i),
        step("under way", (i % 2 === 0 ? 4_000 : 30_000) + 20 * i, (i % 2 === 0 ? 7_000 : 33_000) + 140 * i),
      ],
      ...(i % 7 === 0 && { error: { ...denied, message: denied.message.replace("q-7", `q-${i}`) } }),
    }),
  );
  return report("deploy", [key, table, ...queues], {
    criticalPath: [
      {
        id: "key",
        type: "AWS::KMS::Key",
        move: "create",
        fromMs: 0,
        toMs: 4_000,
        idleMs: 0,
        longest: step("under way", 200, 3_900),
      },
      {
        id: "table",
        type: "AWS::DynamoDB::Table",
        move: "create",
        fromMs: 4_000,
        toMs: 30_000,
        after: "uses",
        idleMs: 0,
        longest: step("under way", 8_500, 29_800),
      },
      {
        id: "q-57",
        type: "AWS::SQS::Queue",
        move: "create",
        fromMs: 30_000,
        toMs: 40_980,
        after: "uses",
        idleMs: 0,
        longest: step("under way", 31_140, 40_980),
      },
    ],
  });
}

/** A drift of every sort. */
export const aDrift = (): Report =>
  report("drift", [
    queue("orders", {
      move: "nothing",
      drift: "drifted",
      paths: ["/DelaySeconds", "/Tags"],
      differences: [{ path: "/DelaySeconds", from: 5, to: 900 }],
    }),
    queue("gone", { move: "nothing", drift: "missing" }),
    queue("opaque", { move: "nothing", drift: "not comparable", why: "its type cannot be read" }),
    queue("dead", { move: "nothing", drift: "same" }),
  ]);

const services = [
  "SQS::Queue",
  "SNS::Topic",
  "IAM::Role",
  "Lambda::Function",
  "S3::Bucket",
  "Logs::LogGroup",
  "EC2::Subnet",
];

/** A deploy of so many resources, each with its steps and its desired properties changed. */
export function aLargeDeploy(count = 1_000): Report {
  const changes = Array.from({ length: count }, (_, i): Change => {
    const begin = 40 * (i % 97) + 3 * i;
    const uses =
      i > 6 ? [`resource-${Math.floor(i / 7)}`, ...(i % 3 === 0 ? [`resource-${i - 5}`] : [])] : [];
    return {
      id: `resource-${i}`,
      type: `AWS::${services[i % services.length] ?? ""}`,
      move: (["create", "update", "nothing", "create"] as const)[i % 4] ?? "create",
      identifier: `arn:aws:service:eu-west-1:123456789012:thing/resource-${i}`,
      uses,
      startedMs: begin,
      durationMs: 2_000 + (i % 50) * 100,
      ...(i % 4 === 1 && {
        patch: [
          { op: "replace", path: "/Description", from: `the old one of ${i}`, value: `the new one of ${i}` },
          { op: "replace", path: "/Settings/Timeout", from: 10, value: 10 + i },
        ],
      }),
      ...(i % 4 !== 2 && {
        steps: [
          step("queued", begin, begin + 100),
          step("sent", begin + 100, begin + 300),
          ...(i % 20 === 0 ? [step("pause", begin + 300, begin + 900, { code: "THROTTLED" })] : []),
          step("under way", begin + 900, begin + 1_800 + (i % 50) * 100),
          step("read back", begin + 1_800 + (i % 50) * 100, begin + 2_000 + (i % 50) * 100),
        ],
      }),
    };
  });
  return report("deploy", changes);
}

/** A run in which every name, type, value and message is one that no page may trust, and one value is 1 MB long. */
export function aHostileRun(): Report {
  const changes = hostileNames.map((name, i): Change => ({
    id: name,
    type: name,
    move: "update",
    identifier: name,
    uses: i > 0 ? [hostileNames[i - 1] ?? ""] : [],
    patch: [
      {
        op: "replace",
        path: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        from: name,
        value: { [name]: name },
      },
      { op: "add", path: "/Long", value: i === 0 ? "</script>".repeat(120_000) : name },
    ],
    because: [{ path: "/Text", from: `${name}\n${name}\n`, to: `${name}\n${name}!\n` }],
    warnings: [name],
    why: name,
    site: name,
    startedMs: 0,
    durationMs: 10,
    steps: [step("pause", 0, 10, { why: name, waitsFor: [name] })],
    ...(i % 2 === 0 && { error: { code: "UNKNOWN", kind: "unknown", message: name, advice: name } as const }),
  }));
  return report("deploy", changes, {
    app: hostileNames[0] ?? "",
    stage: hostileNames[7] ?? "",
    renames: [{ from: hostileNames[0] ?? "", to: hostileNames[1] ?? "", type: hostileNames[2] ?? "" }],
    error: { code: "UNKNOWN", kind: "unknown", message: hostileNames.join("\n"), advice: "" },
  });
}
