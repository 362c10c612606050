import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError } from "../../errors.ts";
import { type Props, pointerOf } from "../../json.ts";
import { identifierOf } from "../../schema/identifier.ts";
import { currentScope } from "../../scope/ambient.ts";
import {
  type Question,
  answerQuestion,
  failureOf,
  outputsIn,
  placeOptions,
  readNamed,
  withRegistry,
} from "./context.ts";
import { apartByNature, statedParentsOf } from "../find/keys.ts";
import { redactMessage } from "../secrets/redact-call.ts";
import { makeMatcher, isTelling, wantedBy } from "../find/match.ts";
import type { CallOptions } from "../call/options.ts";
import { inParallel, readsAtATime } from "../find/parallel.ts";
import { search } from "../find/search.ts";
import { parentsIn, siblings } from "../find/siblings.ts";
import { type Context, nameOf, requireGoing } from "../context.ts";

/** Reads one resource by its identifier; `NOT_FOUND` when there is none. */
export function get(type: string, identifier: string | Props, options: CallOptions = {}): Promise<Props> {
  return answerQuestion(
    { scope: currentScope(), name: "get", type, options, takes: placeOptions },
    async (context) => outputsIn(context, await readNamed(context, identifier)),
  );
}

/**
 * Finds the one resource with these properties, of which the parents say where to look and all others must be so; of
 * objects and tags only what is given counts. Undefined when there is none, `AMBIGUOUS` when there are more.
 */
export function find(type: string, key: Props, options: CallOptions = {}): Promise<Props | undefined> {
  const question = { scope: currentScope(), name: "find", type, given: key, options, takes: placeOptions };
  return answerQuestion(question, async (context) => {
    const found = await findSought(context);
    return found && outputsIn(context, found);
  });
}

/** An identifier that the properties spell out says it all; what else they say must be so too. */
async function findSought(context: Context): Promise<Found | undefined> {
  const { facts, desired } = context.call;
  const identifier = identifierOf(facts, desired);
  if (identifier === undefined) return seekAmongSiblings(await withRegistry(context));
  const found = await context.cloud.control.read(nameOf(context, identifier));
  return found && makeMatcher(facts, desired).has(found.live) ? found : undefined;
}

function seekAmongSiblings(context: Context): Promise<Found | undefined> {
  const { call, scope } = context;
  const parents = parentsOf(context, statedParentsOf(call));
  const given = Object.keys(call.desired).filter((name) => !Object.hasOwn(parents, name));
  const keys = given.filter((name) => isTelling(call.desired[name]));
  const telling = wantedBy(call.facts, call.desired, { keys }) ?? apartByNature(call)?.wanted;
  if (!telling) throw nothingToFindBy(context);
  // What is asked to be empty has to be empty, or not there.
  const empty = given.filter((name) => !isTelling(call.desired[name])).map((name) => [name, ""]);
  const wanted: Props = { ...telling, ...Object.fromEntries(empty) };
  const tell = (message: string): void =>
    scope.listener({ name: "notice", message: redactMessage(context.call, message) });
  const advice = "Give more properties, or get the one that is meant by its identifier.";
  return search(context, { parents, wanted, tell, advice });
}

function nothingToFindBy({ call }: Context): ResourceError {
  const [key] = call.note?.naturalKeys ?? [];
  const example = key ? `, e.g. ${[...key.parents, ...key.keys, ...(key.tags ?? [])].join(" and ")}` : "";
  return new ResourceError(
    "VALIDATION",
    `nothing to find one by: properties are asked that tell it apart${example}`,
  );
}

/** What the list is asked with; what it lacks is `VALIDATION`. */
function parentsOf(context: Context, more: readonly string[]): Props {
  const { parents, missing } = parentsIn(context.call, more);
  if (parents) return parents;
  throw new ResourceError("VALIDATION", `a list of these takes ${missing}, which is missing`, {
    paths: [pointerOf([missing])],
    advice: `Pass { ${missing} } of the resource below which to list.`,
  });
}

/**
 * Lists what exists below `parents`, page by page and whole, in the order of the list; what vanishes meanwhile is left
 * out. Nothing is asked before the first item is.
 */
export function list(type: string, parents: Props = {}, options: CallOptions = {}): AsyncGenerator<Props> {
  const question = {
    scope: currentScope(),
    name: "list",
    type,
    given: parents,
    options,
    takes: placeOptions,
  };
  return rows(question, new Error());
}

async function* rows(question: Question, stack: Error): AsyncGenerator<Props> {
  const context = await answerQuestion(question, withRegistry, stack);
  const { call, cloud } = context;
  const read = ({ identifier }: Found): Promise<Found | undefined> => {
    requireGoing(context);
    return cloud.control.read(nameOf(context, identifier));
  };
  try {
    const below = siblings(context, parentsOf(context, Object.keys(call.desired)));
    for await (const found of inParallel(below, readsAtATime, read)) {
      if (found) yield outputsIn(context, found);
    }
  } catch (error) {
    throw failureOf(question, error, stack);
  }
}
