// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeType.html
import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { ResourceError, isResourceError } from "../errors.ts";
import { type Props, isProps } from "../json.ts";
import { type Where, type Wire, clientOptions } from "../wire/client.ts";
import type { Clock } from "../wire/clock.ts";
import { failureOf } from "../wire/failure.ts";
import { makePace } from "../wire/pace.ts";
import { observeAttempts } from "../wire/observe.ts";
import { callWithRetries } from "../wire/retry.ts";
import { watchWaits } from "../wire/waits.ts";

/** Asks CloudFormation's registry for a type's schema. Fails with a ResourceError, within seconds. */
export type Describe = (type: string, typeVersionId: string | undefined) => Promise<Props>;

/** What an answer may take, tries again included: a deploy can do without it. */
const budgetMs = 5_000;

/** Calls in flight at a time; the registry allows far fewer a second than Cloud Control. */
const width = 10;

/**
 * Makes a Describe that loads the SDK when it is first asked. Once AWS has refused, or cannot be reached, it asks no
 * more and fails with that same error at once.
 */
export function makeDescriber(where: Where, wire: Wire): Describe {
  const room = makePace(Math.min(width, wire.concurrency));
  const waits = watchWaits(wire.onWait);
  let loading: Promise<Client> | undefined;
  let closed: ResourceError | undefined;
  return (type, typeVersionId) =>
    room.run(async () => {
      if (closed) throw closed;
      const waiting = waits("DescribeType");
      waiting.because("no answer yet");
      try {
        const ask = async (signal: AbortSignal): Promise<string | undefined> =>
          askSchema(await (loading ??= openClient(where, wire)), { type, typeVersionId, signal }, wire);
        return schemaIn(await inTime(wire.clock, ask));
      } catch (thrown) {
        const error = failureOf(thrown);
        if (concernsEveryType(error)) closed ??= error;
        throw error;
      } finally {
        waiting.end();
      }
    }, isThrottle);
}

interface Client {
  readonly sdk: typeof import("@aws-sdk/client-cloudformation");
  readonly client: CloudFormationClient;
}

async function openClient(where: Where, wire: Wire): Promise<Client> {
  const sdk = await import("@aws-sdk/client-cloudformation");
  return { sdk, client: new sdk.CloudFormationClient(clientOptions(where, wire)) };
}

interface Question {
  readonly type: string;
  readonly typeVersionId: string | undefined;
  readonly signal: AbortSignal;
}

function askSchema({ sdk, client }: Client, question: Question, wire: Wire): Promise<string | undefined> {
  const { type: TypeName, typeVersionId: VersionId, signal } = question;
  const command = new sdk.DescribeTypeCommand({ Type: "RESOURCE", TypeName, VersionId });
  const attempt = observeAttempts(wire, {
    api: "DescribeType",
    attempt: async () => (await client.send(command, { abortSignal: signal })).Schema,
    about: () => ({ type: TypeName }),
  });
  return callWithRetries(attempt, { clock: wire.clock, signal, when: isPassing });
}

/** Does the work with a signal that aborts when the time is up, or the work done. */
async function inTime<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = async (): Promise<never> => {
    await clock.sleep(budgetMs, end.signal);
    throw new ResourceError("UNREACHABLE", `CloudFormation gave no answer within ${budgetMs / 1000} s`);
  };
  try {
    return await Promise.race([work(end.signal), late()]);
  } finally {
    end.abort();
  }
}

function schemaIn(text: string | undefined): Props {
  const schema: unknown = text === undefined ? undefined : JSON.parse(text);
  if (isProps(schema)) return schema;
  throw new ResourceError("VALIDATION", "DescribeType answered without a schema");
}

const isThrottle = (error: unknown): boolean => isResourceError(error) && error.code === "THROTTLED";

/** An endpoint that cannot be reached now is not waited for: many a network has no way to CloudFormation. */
const isPassing = ({ code }: ResourceError): boolean => code === "THROTTLED" || code === "UNAVAILABLE";

const concernsEveryType = ({ code, kind }: ResourceError): boolean =>
  kind === "denied" || kind === "transient" || code === "NO_REGION";
