import type { Change, Failure } from "../../events.ts";
import { type Markup, markup } from "../markup/markup.ts";
import type { Section } from "./document.ts";
import type { ShownRun } from "./run.ts";
import { cutTo, spellText, spellLine } from "./values.ts";

/** What failed, each with its advice; undefined where nothing did. */
export function failuresSection({ report, changes }: ShownRun): Section | undefined {
  const whole = [report.error, report.stopped].flatMap((failure) => failure ?? []);
  const failed = changes.flatMap((change) => (change.error ? [{ ...change, error: change.error }] : []));
  if (whole.length + failed.length === 0) return undefined;
  // The same for many is told once: it is of the run, such as a lock that another holds.
  const groups = new Map<string, (typeof failed)[number][]>();
  for (const one of failed) {
    const same = `${one.error.code} ${messageOf(one.error, one)}`;
    const group = groups.get(same);
    if (group) group.push(one);
    else groups.set(same, [one]);
  }
  const body = markup`${whole.map((failure) => failureCard([], failure))}${[...groups.values()].map((group) => failureCard(group, group[0]?.error))}`;
  return {
    name: "failures",
    heading: failed.length > 0 ? `Failures (${failed.length})` : "What ended it",
    body,
  };
}

const mostNamed = 20;

function failureCard(
  group: readonly { readonly id: string; readonly type: string; readonly anchor: string }[],
  error: Failure | undefined,
): Markup {
  const names = group
    .slice(0, mostNamed)
    .map(
      ({ id, type, anchor }) =>
        markup`<a class="id" href="#${anchor}">${spellLine(id)}</a> <span class="muted">${spellLine(type)}</span> `,
    );
  const left = group.length - mostNamed;
  return markup`<div class="card failure"><div>${names}${left > 0 ? `and ${left} more` : ""}</div>${error && failureBody(error, group[0])}</div>
`;
}

/** A failure's code, message and advice. */
export function failureBody(error: Failure, place: Pick<Change, "id" | "type"> | undefined): Markup {
  const advice = spellText(error.advice);
  const message = messageOf(error, place);
  const isRepeated = advice !== "" && message.endsWith(`. ${advice}`);
  const told = isRepeated ? message.slice(0, -advice.length - 1) : message;
  return markup`<pre class="bad">${cutTo(told, longest)}</pre><p class="note">${error.code}</p>${advice === "" ? undefined : markup`<p class="advice">${advice}</p>`}`;
}

const longest = 4_000;

/** A failure's message without the place that stands before it. */
function messageOf({ message }: Failure, place: Pick<Change, "id" | "type"> | undefined): string {
  const before = place ? `${place.type} ${JSON.stringify(place.id)}: ` : "";
  return spellText(message.startsWith(before) ? message.slice(before.length) : message);
}
