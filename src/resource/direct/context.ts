import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { siteIn } from "../../frames.ts";
import { type OptionNames, requireKnownOptions } from "../../known-options.ts";
import { type Props, isProps } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { parseIdentifier } from "../../schema/identifier.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import type { CallOptions } from "../call/options.ts";
import { readCall } from "../call/read-call.ts";
import { requireServed } from "../call/served.ts";
import { noteGiven } from "../call/passed-on.ts";
import { redactError } from "../secrets/redact-call.ts";
import { nearestTo, withNearest } from "../call/nearest-type.ts";
import { originOf, outputsOf } from "../outputs/origin.ts";
import { unknownIn } from "../outputs/placeholders.ts";
import { type Context, nameOf, requireGoing } from "../context.ts";

/** What is asked of a type outside any declaration: of which type, and where. */
export interface Question {
  readonly scope: Scope;
  /** What was called, e.g. `get`. */
  readonly name: string;
  readonly type: string;
  /** Properties that go with the question. */
  readonly given?: unknown;
  readonly options: object;
  /** The options that make sense here. */
  readonly takes: Readonly<Record<string, true>>;
}

/** What reads, of all that may be called. */
const reading: readonly string[] = ["get", "find", "list"];

/** What every question may be asked with: see CallOptions. */
export const placeOptions: OptionNames<CallOptions> = {
  region: true,
  profile: true,
  roleArn: true,
  signal: true,
};

// Nothing is declared, so nothing is recorded: no id is seen, no stage is held and no entry is made.
const unrecorded: Records = {
  key: new Uint8Array(32),
  isKeyKept: false,
  requireHeld: () => undefined,
  get: () => undefined,
  all: () => new Map(),
  idLike: () => undefined,
  idsOf: () => [],
  beingMade: () => [],
  rankOf: () => ({ above: 0, below: 0 }),
  put: () => Promise.resolve(),
  putBack: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/**
 * Answers a question with a context that records nothing. What a plan cannot know yet is `UNKNOWN_AT_PLAN`, and
 * noted in the scope; failures name the type, and where there is none of that name the nearest one.
 */
export async function answerQuestion<T>(
  question: Question,
  answer: (context: Context) => Promise<T>,
  stack: Error = new Error(),
): Promise<T> {
  try {
    const context = await contextOf(question);
    return await answer(context).catch((error: unknown) => {
      throw isResourceError(error) ? redactError(context.call, error) : error;
    });
  } catch (error) {
    const failure = failureOf(question, error, stack);
    if (isResourceError(failure) && failure.code === "UNKNOWN_AT_PLAN")
      question.scope.journal.unknowns.push({ error: failure });
    throw failure;
  }
}

/** A failure with its type and place; where nobody knows that type, one of a similar name is told. */
export const failureOf = (
  { type, scope }: Pick<Question, "type" | "scope">,
  error: unknown,
  stack: Error,
): unknown =>
  isResourceError(error)
    ? withNearest(type, error.at({ type, site: siteIn(stack.stack, scope.folder) }))
    : error;

/** The context of a question; its facts are those at hand, which know the identifier of every bundled type. */
async function contextOf({ scope, name, type, given = {}, options, takes }: Question): Promise<Context> {
  requireTypeName(type);
  if (reading.includes(name)) scope.journal.reads.add(type);
  requireKnownOptions(`${name}() of ${type}`, options, takes);
  const call = readCall(type, "", {
    input: options,
    apart: [given],
    confidential: scope.journal.confidential,
  });
  requireKnownValues(unknownIn(call.desired));
  requireGoing({ scope, call });
  await requireServed(scope, call);
  const cloud = await scope.cloud(call.options);
  const facts = bundledFacts(type) ?? (await cloud.facts(type, call.options.typeVersionId));
  return { scope, records: unrecorded, cloud, call: { ...call, facts }, dependencies: [] };
}

/** The same with the facts that the registry tells: what a list takes, what each handler may. */
export async function withRegistry(context: Context): Promise<Context> {
  const { call, cloud } = context;
  return { ...context, call: { ...call, facts: await cloud.facts(call.type, call.options.typeVersionId) } };
}

/** Reads the resource with an identifier as a user gives it, or a resource itself; `NOT_FOUND` where there is none. */
export async function readNamed(context: Context, identifier: string | Props): Promise<Found> {
  const name = namedBy(context, identifier);
  const found = await context.cloud.control.read(nameOf(context, name));
  if (found) return found;
  throw new ResourceError("NOT_FOUND", `${name} does not exist`, { identifier: name });
}

/** The identifier in Cloud Control's own form. */
export function namedBy({ call }: Context, given: string | Props): string {
  const { facts, note, type } = call;
  const origin = isProps(given) ? originOf(given) : undefined;
  if (origin && origin.type !== type) {
    throw new ResourceError("VALIDATION", `an identifier is asked; given was a resource of ${origin.type}`);
  }
  const name = parseIdentifier(facts, origin ? identifierIn(given) : given, {
    slash: note?.slashIdentifier === true,
  });
  requireKnownValues(unknownIn({ name }));
  return name;
}

/** Outputs carry their identifier beside their properties. */
const identifierIn = (outputs: string | Props): string | Props => {
  const identifier = isProps(outputs) ? outputs["identifier"] : undefined;
  return typeof identifier === "string" ? identifier : outputs;
};

/** What a question resolves with: everything that live shows. */
export function outputsIn({ scope, call }: Context, { identifier, live }: Found, desired: Props = {}): Props {
  const outputs = outputsOf({ id: identifier, type: call.type }, identifier, desired, live);
  noteGiven(scope.journal, call.facts, outputs);
  return outputs;
}

function requireKnownValues(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new ResourceError("UNKNOWN_AT_PLAN", "asks for what is known only after apply", { paths: unknown });
}

const typeName = /^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}(::MODULE)?$/;

function requireTypeName(type: string): void {
  if (typeName.test(type)) return;
  throw new ResourceError(
    "VALIDATION",
    `${JSON.stringify(type)} is no name of a type such as AWS::S3::Bucket`,
    {
      advice: nearestTo(type),
    },
  );
}
