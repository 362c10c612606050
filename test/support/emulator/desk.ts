import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Props } from "../../../src/json.ts";
import { facts } from "./demo-facts.ts";

/** Every member that an answer of Cloud Control may have; each test looks at those its operation has. */
export interface Body {
  readonly ProgressEvent: Progress;
  readonly ResourceDescription: Described;
  readonly ResourceDescriptions: readonly Described[];
  readonly ResourceRequestStatusSummaries: readonly Progress[];
  readonly NextToken?: string;
  readonly __type?: string;
  readonly Message?: string;
  readonly message?: string;
}

/** A resource as reads and lists describe it; the properties are JSON text. */
export interface Described {
  readonly Identifier: string;
  readonly Properties: string;
}

/** What came back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A ProgressEvent as the wire has it. */
export interface Progress {
  readonly TypeName: string;
  readonly Identifier?: string;
  readonly RequestToken: string;
  readonly Operation: string;
  readonly OperationStatus: string;
  readonly EventTime: number;
  readonly ResourceModel?: string;
  readonly StatusMessage?: string;
  readonly ErrorCode?: string;
  readonly RetryAfter?: number;
}

/** An emulator under a clock that only moves when told, with raw fetch to talk to it. */
export interface Desk {
  readonly emulator: Emulator;
  readonly wait: (ms: number) => void;
  /** Sends one operation as awsJson1_0, signed for show. */
  readonly send: (operation: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Starts a write and reads its first event. */
  readonly start: (operation: string, body: Props) => Promise<Progress>;
  readonly poll: (token: string) => Promise<Progress>;
  /** Starts a write, waits until it has ended, reads its last event. */
  readonly finish: (operation: string, body: Props) => Promise<Progress>;
  readonly create: (type: string, desired: Props) => Promise<Progress>;
  readonly update: (type: string, identifier: string, patch: readonly unknown[]) => Promise<Progress>;
  readonly remove: (type: string, identifier: string) => Promise<Progress>;
  /** The properties that GetResource shows. */
  readonly read: (type: string, identifier: string) => Promise<Record<string, unknown>>;
}

/** An instant in 2027, with milliseconds worth seeing. */
export const startedAt = 1_800_000_000_123;

/** How long an operation takes at this desk. */
export const operationMs = 1000;

export const signed = { authorization: "AWS4-HMAC-SHA256 Credential=test" };

export async function openDesk(options: EmulatorOptions = {}): Promise<Desk> {
  let now = startedAt;
  const emulator = await startEmulator({ facts, operationMs, now: () => now, ...options });
  onTestFinished(() => emulator.close());
  const send: Desk["send"] = async (operation, body, headers = signed) => {
    const response = await fetch(emulator.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `CloudApiService.${operation}`,
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const { status, headers: received } = response;
    const answer: Body = JSON.parse(await response.text());
    return { status, headers: received, body: answer };
  };
  const eventOf = ({ status, body }: Answer): Progress => {
    if (status !== 200) throw new Error(`${body["__type"]}: ${body.Message ?? body.message}`);
    return body.ProgressEvent;
  };
  const start: Desk["start"] = async (operation, body) => eventOf(await send(operation, body));
  const poll: Desk["poll"] = (token) => start("GetResourceRequestStatus", { RequestToken: token });
  const finish: Desk["finish"] = async (operation, body) => {
    const { RequestToken: token } = await start(operation, body);
    now += operationMs;
    return poll(token);
  };
  return {
    emulator,
    wait: (ms) => {
      now += ms;
    },
    send,
    start,
    poll,
    finish,
    create: (type, desired) =>
      finish("CreateResource", { TypeName: type, DesiredState: JSON.stringify(desired) }),
    update: (type, identifier, patch) =>
      finish("UpdateResource", {
        TypeName: type,
        Identifier: identifier,
        PatchDocument: JSON.stringify(patch),
      }),
    remove: (type, identifier) => finish("DeleteResource", { TypeName: type, Identifier: identifier }),
    read: async (type, identifier) => {
      const { body } = await send("GetResource", { TypeName: type, Identifier: identifier });
      const shown: Record<string, unknown> = JSON.parse(body.ResourceDescription.Properties);
      return shown;
    },
  };
}

/** The way a refusal looks on the wire. */
export const refused = (shape: string, message: unknown, namespace = "com.amazon.cloudapiservice") => ({
  status: 400,
  type: `${namespace}#${shape}`,
  message,
});

/** What of an answer tells how it was refused. */
export const refusalOf = ({ status, body }: Answer) => ({
  status,
  type: body["__type"],
  message: body.Message ?? body.message,
});

export const validation = (message: unknown) =>
  refused("ValidationException", message, "com.amazon.coral.validate");
