import type { Change, Failure } from "../events.ts";
import { blockText, fullNameOf } from "./block.ts";
import { spellUnruly } from "./spell-unruly.ts";
import type { Style } from "./style.ts";

/** What failed and what to do about it, below the name of the resource. */
export function failureText(change: Change & { readonly error: Failure }, style: Style): string {
  const { message, advice } = partsOf(change.error, change);
  const below = [message, ...(advice === "" ? [] : [style("dim", advice)])];
  return blockText(`${style("red", "!")} ${fullNameOf(change)}`, below);
}

/** A failure's message without the place that stands before it. */
export function messageOf({ message }: Failure, { id, type }: Pick<Change, "id" | "type">): string {
  const place = `${type} ${JSON.stringify(id)}: `;
  return spellUnruly(message.startsWith(place) ? message.slice(place.length) : message);
}

/** A failure's message and its advice, which the message may repeat at its end. */
export function partsOf(
  error: Failure,
  place: Pick<Change, "id" | "type">,
): { readonly message: string; readonly advice: string } {
  const advice = spellUnruly(error.advice);
  const message = messageOf(error, place);
  const isRepeated = advice !== "" && message.endsWith(`. ${advice}`);
  return { message: isRepeated ? message.slice(0, -advice.length - 2) : message, advice };
}

/** What befell the whole run befell every call of it alike, and is told once. */
export const ofTheRun: readonly Failure["code"][] = [
  "LOCKED",
  "NO_REGION",
  "NO_CREDENTIALS",
  "EXPIRED_CREDENTIALS",
  "STATE_KEY",
  "WRONG_ACCOUNT",
];

/** The changes without the failures of the run that an earlier one has told of. */
export function withoutRepeats<C extends Pick<Change, "error">>(changes: readonly C[]): readonly C[] {
  const told = new Set<Failure["code"]>();
  return changes.filter(({ error }) => {
    if (error === undefined || !ofTheRun.includes(error.code)) return true;
    const isFirst = !told.has(error.code);
    told.add(error.code);
    return isFirst;
  });
}
