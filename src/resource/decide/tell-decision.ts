import type { Move } from "../../events.ts";
import type { Pointer } from "../../json.ts";
import type { Scope } from "../../scope/scope.ts";
import type { Decision } from "./decision.ts";

/** What is to be done, as whoever looks for a fault is told of it. */
interface ToldDecision {
  readonly move: Move;
  readonly why: string;
  /** The places concerned; of no value more than that. */
  readonly paths?: readonly Pointer[];
}

/** Tells what has been decided about a resource, where `AWAIT_AWS_DEBUG=decide` asks for it. */
export function tellDecision(
  scope: Pick<Scope, "listener">,
  { id, type }: { readonly id: string; readonly type: string },
  { move, why, paths = [] }: ToldDecision,
): void {
  scope.listener({ name: "decision", id, type, move, why, ...(paths.length > 0 && { paths }) });
}

/** Puts a decision into words. */
export function explain(todo: Decision): ToldDecision {
  const { move } = todo;
  switch (todo.move) {
    case "nothing":
      return { move, why: "live is as it was asked for" };
    case "create":
      return { move, why: todo.prior ? "what is recorded is not there" : "nothing is recorded of it" };
    case "adopt":
      return { move, why: `${todo.found.identifier} exists and is taken over`, paths: pathsOf(todo.patch) };
    case "update":
      return { move, why: whyUpdated(todo), paths: pathsOf(todo.patch) };
    case "replace":
      return { move, why: whyReplaced(todo), paths: pathsOf(todo.because) };
  }
}

const pathsOf = (told: readonly { readonly path: Pointer }[]): readonly Pointer[] => [
  ...new Set(told.map(({ path }) => path)),
];

function whyUpdated({ isDoubtful, otherwise }: Extract<Decision, { move: "update" }>): string {
  const what = "live is not as it is asked for";
  if (otherwise) return `${what}; replaced if AWS refuses`;
  return isDoubtful ? `${what}; AWS may refuse` : what;
}

const whyReplaced = ({ because, order }: Extract<Decision, { move: "replace" }>): string =>
  `${because.length > 0 ? "what is fixed at creation differs" : "asked for by replace"}, ${order}`;
