import { beforeEach, describe, expect, test, vi } from "vitest";
import { cloudControl } from "../../src/cloudcontrol/cloud-control.ts";
import { ResourceError } from "../../src/errors.ts";
import { apiGatewayV2 } from "../../src/lookup/api-gateway-v2.ts";
import { askCaller } from "../../src/lookup/caller.ts";
import { makeDescriber } from "../../src/registry/describe.ts";
import { isUnsent } from "../../src/wire/failure.ts";
import type { Wire } from "../../src/wire/client.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { type Reply, answer, scripted } from "../support/wire/scripted.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
});

/** The head of an answer, of which nothing more comes. */
const bodiless: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": "500" });
  response.write('{"Resource');
};

/** A body that trickles and never ends. */
const trickling: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

const silent: Reply = () => undefined;

const wireOf = (more: Partial<Wire> = {}): Wire => ({
  clock: fakeClock(),
  concurrency: 10,
  patience: { answerMs: 60, stoppedMs: 60 },
  ...more,
});

const patient = { answerMs: 60_000, stoppedMs: 60 };

const name = { TypeName: "AWS::Demo::Named", Identifier: "a" };

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

type Ask = (endpoint: string, wire: Wire, signal?: AbortSignal) => Promise<unknown>;

const place = (endpoint: string): { region: string; endpoint: string } => ({ region: "us-east-1", endpoint });

const asks: readonly (readonly [string, Ask])[] = [
  [
    "GetResource",
    (at, wire, signal) => cloudControl(place(at), wire).read({ ...name, ...(signal && { signal }) }),
  ],
  [
    "ListResources",
    (at, wire, signal) => all(cloudControl(place(at), wire).list({ ...name, ...(signal && { signal }) })),
  ],
  [
    "GetApis",
    (at, wire, signal) => all(apiGatewayV2(place(at), wire).list("AWS::ApiGatewayV2::Api", {}, signal)),
  ],
];

const others: readonly (readonly [string, Ask])[] = [
  ["GetCallerIdentity", (at, wire) => askCaller(place(at), wire)],
  [
    "DeleteResource",
    (at, wire) =>
      cloudControl(place(at), wire).send({
        operation: "DeleteResource",
        input: { ...name, ClientToken: "t" },
      }),
  ],
  ["GetResourceRequestStatus", (at, wire) => cloudControl(place(at), wire).follow("token")],
];

const replies = [
  ["whose body never comes", bodiless],
  ["whose body never ends", trickling],
  ["that never begins", silent],
] as const;

describe("an answer", () => {
  for (const [api, ask] of [...asks, ...others]) {
    test.each(replies)(`to ${api} %s is UNREACHABLE once its time is up`, async (_, reply) => {
      const server = await scripted(reply);
      await expect(ask(server.url, wireOf())).rejects.toMatchObject({ code: "UNREACHABLE" });
    });
  }

  for (const [api, ask] of asks) {
    test.each(replies)(`to ${api} %s is waited for no longer than the run lasts`, async (_, reply) => {
      const stop = new AbortController();
      const server = await scripted((response) => {
        reply(response);
        stop.abort(new ResourceError("TIMEOUT", "the run's time is up"));
      });
      const wire = wireOf({ patience: patient, signal: stop.signal });
      await expect(ask(server.url, wire)).rejects.toMatchObject({ code: "TIMEOUT" });
    });

    test(`to ${api} is waited for no longer than the caller's own signal says`, async () => {
      const stop = new AbortController();
      const server = await scripted((response) => {
        bodiless(response);
        stop.abort();
      });
      await expect(ask(server.url, wireOf({ patience: patient }), stop.signal)).rejects.toMatchObject({
        code: "ABORTED",
      });
    });
  }

  test.each(others)("to %s is waited for a moment longer than the run lasts, and no more", async (_, ask) => {
    const stop = new AbortController();
    const server = await scripted((response) => {
      bodiless(response);
      stop.abort();
    });
    await expect(ask(server.url, wireOf({ patience: patient, signal: stop.signal }))).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  test("to a write that comes while the run is being stopped still counts", async () => {
    const stop = new AbortController();
    const event = { RequestToken: "r", OperationStatus: "IN_PROGRESS" };
    const server = await scripted((response) => {
      stop.abort();
      setTimeout(() => answer({ ProgressEvent: event })(response), 20);
    });
    const control = cloudControl(place(server.url), wireOf({ patience: patient, signal: stop.signal }));
    const sent = control.send({ operation: "DeleteResource", input: { ...name, ClientToken: "t" } });
    await expect(sent).resolves.toMatchObject({ requestToken: "r" });
  });

  test("to DescribeType whose body never comes is given up as well", async () => {
    const server = await scripted(bodiless);
    await expect(
      makeDescriber(place(server.url), wireOf())("AWS::Demo::Named", undefined),
    ).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
  });

  test.each([
    ["the time of the operation", { timeoutMs: 50 }, "TIMEOUT"],
    ["the grace of a stopped run", { graceMs: 50, signal: AbortSignal.timeout(30) }, "ABORTED"],
  ] as const)("to a poll is waited for no longer than %s", async (_, watch, code) => {
    const server = await scripted(bodiless);
    const control = cloudControl(place(server.url), wireOf({ patience: patient }));
    await expect(control.follow("token", watch)).rejects.toMatchObject({ code });
  });
});

describe("whether a request was sent", () => {
  const thrown = async (endpoint: string): Promise<unknown> =>
    cloudControl(place(endpoint), wireOf())
      .read(name)
      .catch((error: unknown) => error);

  test.each([
    "http://127.0.0.1:1",
    "https://127.0.0.1:1",
    "http://localhost:1",
    "http://no-such-host.invalid:80",
  ])("is certain where there is nobody: %s", async (endpoint) => {
    expect(isUnsent(await thrown(endpoint))).toBe(true);
  });

  test.each([
    ["cut", (response) => void response.destroy()],
    ["bodiless", bodiless],
    ["silent", silent],
    ["an error", answer("", 500)],
  ] satisfies [string, Reply][])("is not where there was a connection: %s", async (_, reply) => {
    expect(isUnsent(await thrown((await scripted(reply)).url))).toBe(false);
  });

  test("is certain where TLS is asked of a port that speaks none", async () => {
    const server = await scripted(answer({}));
    expect(isUnsent(await thrown(server.url.replace("http:", "https:")))).toBe(true);
  });
});
