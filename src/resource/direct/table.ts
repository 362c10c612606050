import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Entry, Home } from "../../entry.ts";
import { isResourceError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Note } from "../../services/note.ts";
import { currentScope } from "../../scope/ambient.ts";
import { answerQuestion, failureOf, placeOptions, withRegistry } from "./context.ts";
import type { CallOptions } from "../call/options.ts";
import { siblings } from "../find/siblings.ts";
import { isRecordOf } from "../record/owner.ts";
import { nameOf, requireGoing } from "../context.ts";

export type { Found } from "../../cloudcontrol/protocol.ts";

/** A type in one region, for whoever asks for many of its resources and decides what of them to read. */
export interface OpenedType {
  readonly type: string;
  readonly home: Home;
  /** As this account knows the type. */
  readonly facts: Facts;
  readonly note: Note | undefined;
  /** Whether there is a list of it. */
  readonly isListed: boolean;
  /** Lists what stands below the parents; the models may show no more than identifiers. Nothing stands below none. */
  list(parents: Props): AsyncGenerator<Found>;
  /** Reads one; undefined where there is none. */
  read(identifier: string): Promise<Found | undefined>;
  /** Tells whether an entry has recorded the resource with this identifier. */
  isRecordedBy(entry: Entry, identifier: string): boolean;
}

/** Opens a type in the region of the options; what the registry and the note say of it is read once. */
export function openType(type: string, options: CallOptions = {}): Promise<OpenedType> {
  const question = { scope: currentScope(), name: "list", type, options, takes: placeOptions };
  const stack = new Error();
  return answerQuestion(question, async (asked) => {
    const context = await withRegistry(asked);
    const { call, cloud } = context;
    const { facts, note } = call;
    const asFailure = (error: unknown): unknown => failureOf(question, error, stack);
    const { home } = cloud;
    return {
      type,
      home,
      facts,
      note,
      isListed: cloud.lister?.lists(type) === true || facts.handlers?.includes("list") !== false,
      async *list(parents) {
        try {
          yield* siblings(context, parents);
        } catch (error) {
          if (!isMissing(error)) throw asFailure(error);
        }
      },
      async read(identifier) {
        requireGoing(context);
        try {
          return await cloud.control.read(nameOf(context, identifier));
        } catch (error) {
          throw asFailure(error);
        }
      },
      isRecordedBy: (entry, identifier) =>
        isRecordOf(entry, { id: "", type, identifier, home, profile: options.profile }),
    };
  });
}

const isMissing = (error: unknown): boolean =>
  isResourceError(error) && ["NOT_FOUND", "PARENT_NOT_FOUND"].includes(error.code);
