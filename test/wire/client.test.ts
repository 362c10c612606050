import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Wire, clientOptions, openApiClient } from "../../src/wire/client.ts";
import type { Pause } from "../../src/wire/retry.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { type Reply, answer, cut, refuse, scripted } from "../support/wire/scripted.ts";

const wireOf = (more: Partial<Wire> = {}): Wire => ({ clock: fakeClock(), concurrency: 100, ...more });

const there = answer({ ResourceDescription: { Identifier: "a", Properties: "{}" } });

/** Reads a resource through an SDK client made with our options. */
async function getFrom(endpoint: string, wire: Wire, patience = 30_000): Promise<{ pauses: Pause[] }> {
  const options = clientOptions({ region: "us-east-1", endpoint }, wire);
  const requestHandler = { ...options.requestHandler, requestTimeout: patience };
  const client = new CloudControlClient({ ...options, requestHandler });
  const pauses: Pause[] = [];
  const command = { TypeName: "AWS::Demo::Named", Identifier: "a" };
  const get = (): Promise<unknown> => client.send(new GetResourceCommand(command));
  await openApiClient(wire).send("GetResource", get, { onPause: (pause) => pauses.push(pause) });
  return { pauses };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("client options", () => {
  test("leave retries to us, keep connections and set time limits that the SDK does not have", () => {
    const options = clientOptions({}, wireOf({ concurrency: 7 }));
    expect(options.maxAttempts).toBe(1);
    expect(options.requestHandler).toMatchObject({
      requestTimeout: 30_000,
      connectionTimeout: 5_000,
      throwOnRequestTimeout: true,
      httpsAgent: { keepAlive: true, maxSockets: 7 },
    });
  });

  test("name region, profile and endpoint only where they are given, so that the SDK's own chain holds", () => {
    expect(Object.keys(clientOptions({ region: undefined }, wireOf()))).toEqual([
      "maxAttempts",
      "requestHandler",
    ]);
    expect(
      clientOptions({ region: "eu-west-1", profile: "p", endpoint: "http://e" }, wireOf()),
    ).toMatchObject({
      region: "eu-west-1",
      profile: "p",
      endpoint: "http://e",
    });
  });
});

describe("a line over real HTTP", () => {
  const half: Reply = (response) => {
    response.writeHead(200, { "content-length": "500" });
    response.write('{"ResourceDescription":{"Ide');
    setTimeout(() => response.destroy(), 20);
  };
  const hang: Reply = () => undefined;

  test.each<[string, Reply, string]>([
    ["a connection cut before an answer", cut, "UNREACHABLE"],
    ["a connection cut in the middle of an answer", half, "UNREACHABLE"],
    ["half a JSON", answer('{"ResourceDescription":{"Ide'), "UNAVAILABLE"],
    ["a page of HTML with status 503", answer("<html>", 503), "UNAVAILABLE"],
    ["a page of HTML with status 200", answer("<html>"), "UNAVAILABLE"],
    ["an empty 500", answer("", 500), "UNAVAILABLE"],
    ["a throttle", refuse("ThrottlingException", "Rate exceeded"), "THROTTLED"],
    ["a proxy's 429", answer("<html>", 429), "THROTTLED"],
    ["an internal error", refuse("ServiceInternalErrorException"), "UNAVAILABLE"],
    ["no answer in time", hang, "UNREACHABLE"],
  ])("%s is tried again until there is an answer", async (_, reply, code) => {
    const server = await scripted(reply, there);
    const { pauses } = await getFrom(server.url, wireOf(), 200);
    expect(pauses.map(({ error }) => error.code)).toEqual([code]);
    expect(server.requests).toHaveLength(2);
  });

  test.each<[string, Reply, string]>([
    ["AccessDeniedException", refuse("AccessDeniedException"), "ACCESS_DENIED"],
    ["ExpiredTokenException", refuse("ExpiredTokenException"), "EXPIRED_CREDENTIALS"],
    ["UnrecognizedClientException", refuse("UnrecognizedClientException"), "NO_CREDENTIALS"],
    ["a proxy's 403", answer("<html>", 403), "ACCESS_DENIED"],
    ["a redirection", answer("moved", 302, { location: "/" }), "INVALID_REQUEST"],
  ])("%s is not tried again", async (_, reply, code) => {
    const server = await scripted(reply, there);
    await expect(getFrom(server.url, wireOf())).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test("an unreadable answer is told by its status, without the SDK's advice to itself", async () => {
    const server = await scripted(answer("<html>", 403));
    await expect(getFrom(server.url, wireOf())).rejects.toMatchObject({
      what: "the answer (HTTP 403) cannot be read",
    });
  });

  test.each(["http://127.0.0.1:1", "http://localhost:1", "http://127.1.2.3:1"])(
    "nobody listening at %s is UNREACHABLE after seconds of trying",
    async (endpoint) => {
      const clock = fakeClock();
      await expect(getFrom(endpoint, wireOf({ clock }))).rejects.toMatchObject({ code: "UNREACHABLE" });
      expect(clock.slept.length).toBeGreaterThan(2);
      expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(3_000);
    },
  );

  test("a clock that is an hour off is set right by the answer, and the request signed anew", async () => {
    const date = new Date(Date.now() + 3_600_000);
    const message = "Signature expired: a is now earlier than b";
    const expired = answer({ __type: "x#InvalidSignatureException", message }, 400, {
      date: date.toUTCString(),
    });
    const server = await scripted(expired, there);
    await getFrom(server.url, wireOf());
    const [first, second] = server.requests.map(({ headers }) => String(headers["x-amz-date"]));
    expect(Number(second?.slice(9, 11))).toBe((Number(first?.slice(9, 11)) + 1) % 24);
  });

  test("missing credentials are NO_CREDENTIALS before anything is sent", async () => {
    const server = await scripted(there);
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"])
      vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere/config");
    await expect(getFrom(server.url, wireOf())).rejects.toMatchObject({ code: "NO_CREDENTIALS" });
    expect(server.requests).toEqual([]);
  });

  test("every request that goes out is counted, tries again included", async () => {
    const calls: string[] = [];
    const server = await scripted(cut, cut, there);
    await getFrom(server.url, wireOf({ onCall: (api) => calls.push(api) }));
    expect(calls).toEqual(["GetResource", "GetResource", "GetResource"]);
  });

  test("what AWS calls the request is kept for support", async () => {
    const server = await scripted(refuse("ValidationException", "no"));
    await expect(getFrom(server.url, wireOf())).rejects.toMatchObject({ requestId: "request-1", what: "no" });
  });

  test("no more than the concurrency are in flight, and fewer after a throttle", async () => {
    let inFlight = 0;
    let most = 0;
    const wire = wireOf({ concurrency: 8 });
    const out = openApiClient(wire);
    const request = async (): Promise<void> => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 30 }, () => out.send("GetResource", request)));
    expect(most).toBe(8);
    let refused = false;
    await out.send("GetResource", () => {
      if (refused) return request();
      refused = true;
      return Promise.reject(
        Object.assign(new Error("slow"), { name: "ThrottlingException", $fault: "client" }),
      );
    });
    most = 0;
    await Promise.all(Array.from({ length: 6 }, () => out.send("GetResource", request)));
    expect(most).toBe(4);
  });
});
