import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cloud } from "./cloud/cloud.ts";
import type { Clouds } from "./cloud/clouds.ts";
import { conflict, isEdited } from "./cloud/concurrent-edits.ts";
import type { Call, Fault, IncomingCall } from "./cloud/options.ts";
import { requireAllowed } from "./cloud/iam.ts";
import { realmIn } from "./cloud/realm.ts";
import { Refusal } from "./cloud/refusal.ts";
import { settle } from "./cloud/settle.ts";
import { cloudControl } from "./doors/cloud-control.ts";
import { cloudFormation } from "./doors/cloud-formation.ts";
import type { Door, Incoming, Reply } from "./doors/door.ts";
import { sts } from "./doors/sts.ts";
import { bodyOf, refusedAtTheDoor } from "./door-keeper.ts";
import { type Circumstances, circumstancesOf } from "./faults.ts";
import { route53 } from "./rest/route53/door.ts";
import { s3 } from "./rest/s3/door.ts";
import { apiGateway } from "./rest/v1/door.ts";
import { apiGatewayV2 } from "./rest/v2/door.ts";

/** What the server works with: the cloud it shows, what it notes down, what goes wrong. */
export interface Desk {
  readonly clouds: Clouds;
  /** Every call that arrives is added here. */
  readonly calls: Call[];
  /** How many calls of an API have arrived. */
  readonly counts: Map<string, number>;
  readonly faults: (call: IncomingCall) => Fault | undefined;
}

/** Makes the server, not yet listening. */
export function serverOf(desk: Desk): Server {
  return createServer((request, response) => {
    void serve(desk, request, response);
  });
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const stranger = refusedAtTheDoor(request);
    const bytes = stranger === undefined ? await bodyOf(request) : undefined;
    if (stranger !== undefined || bytes === undefined) return turnAway(request, response, stranger);
    const reply = await replyTo(desk, readIncoming(request, bytes));
    if (!reply) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status, { ...reply.headers, "x-amzn-requestid": randomUUID() });
    response.end(reply.text);
  } catch (error) {
    response.writeHead(500, { "content-type": "text/plain" });
    response.end(`The emulator broke: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

/** Answers what is not read to its end: the connection can serve for nothing else. */
function turnAway(request: IncomingMessage, response: ServerResponse, stranger: string | undefined): void {
  response.writeHead(stranger === undefined ? 413 : 403, {
    "content-type": "text/plain",
    connection: "close",
  });
  response.end(stranger ?? "the body is too long", () => request.destroy());
}

function readIncoming(request: IncomingMessage, bytes: Buffer): Incoming {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  return {
    method: request.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: request.headers,
    bytes,
    text: bytes.toString(),
  };
}

/** Notes the call, lets go wrong what shall go wrong, answers; undefined cuts the connection. */
async function replyTo(desk: Desk, incoming: Incoming): Promise<Reply | undefined> {
  const door = doorFor(incoming, desk.clouds);
  if (!door) return nobody;
  const { api, body, target } = door;
  const realm = realmIn(incoming.headers.authorization, desk.clouds.home.settings);
  const cloud = desk.clouds.at(realm);
  desk.calls.push({ api, body, ...realm, at: cloud.settings.now() });
  const count = (desk.counts.get(api) ?? 0) + 1;
  desk.counts.set(api, count);
  const wrong = circumstancesOf(desk.faults({ api, body, count, ...(target !== undefined && { target }) }));
  if (wrong.dropBefore) return undefined;
  if (wrong.html !== undefined) return page(wrong.html);
  const release = arrive(cloud, door);
  try {
    if (wrong.delayMs !== undefined) await sleep(wrong.delayMs);
    const signed = incoming.headers.authorization !== undefined;
    const reply = answerCall(cloud, door, { wrong, signed, collides: release === undefined });
    return wrong.dropAfter ? undefined : reply;
  } finally {
    release?.();
  }
}

const doorFor = (incoming: Incoming, clouds: Clouds): Door | undefined =>
  cloudControl(incoming) ??
  s3(incoming, clouds) ??
  apiGatewayV2(incoming) ??
  apiGateway(incoming) ??
  route53(incoming) ??
  cloudFormation(incoming) ??
  sts(incoming);

/** Takes hold of the API that the call writes, until released; undefined where another write has it. */
function arrive(cloud: Cloud, { edits }: Door): (() => void) | undefined {
  if (edits === undefined) return () => undefined;
  settle(cloud);
  return isEdited(cloud, edits) ? undefined : cloud.hold(edits);
}

interface Arrival {
  readonly wrong: Circumstances;
  readonly signed: boolean;
  /** Another write of the same API is under way. */
  readonly collides: boolean;
}

function answerCall(cloud: Cloud, door: Door, { wrong, signed, collides }: Arrival): Reply {
  try {
    if (wrong.throttle || (door.isLimited === true && !cloud.admits())) throw door.throttled;
    if (wrong.error) throw scriptedRefusal(wrong.error);
    if (!signed) throw door.unsigned;
    if (door.action !== undefined) requireAllowed(cloud.settings, door.action, door.target);
    if (collides) throw conflict();
    settle(cloud);
    return door.answer(cloud, wrong.failWith);
  } catch (error) {
    if (error instanceof Refusal) return door.refuse(error);
    throw error;
  } finally {
    cloud.keep();
  }
}

/** A scripted error may leave its namespace out. */
function scriptedRefusal({ type, message, status }: NonNullable<Circumstances["error"]>): Refusal {
  return new Refusal(type.includes("#") ? type : `com.amazon.cloudapiservice#${type}`, message, status);
}

const page = (status: number): Reply => ({
  status,
  headers: { "content-type": "text/html" },
  text: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
});

const nobody: Reply = {
  status: 404,
  headers: { "content-type": "application/x-amz-json-1.0" },
  text: JSON.stringify({
    __type: "com.amazon.coral.service#UnknownOperationException",
    message:
      "The emulator serves Cloud Control, API Gateway, Route 53's record sets, objects of S3, cloudformation:DescribeType and sts:GetCallerIdentity.",
  }),
};
