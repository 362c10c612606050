import type { Change, Report } from "../../events.ts";
import { codeOf } from "./text.ts";

/** What a change looks like: the word for it, its sign, and how much it matters, 0 most. */
export interface Look {
  readonly sign: string;
  readonly word: string;
  readonly weight: number;
}

/** In characters. */
export const mostOfId = 120;
const mostOfType = 100;
const mostOfCause = 240;

const looks: Readonly<Record<Change["move"], Look>> = {
  replace: { sign: "±", word: "replace", weight: 1 },
  delete: { sign: "-", word: "delete", weight: 2 },
  update: { sign: "~", word: "update", weight: 4 },
  adopt: { sign: ">", word: "adopt", weight: 5 },
  create: { sign: "+", word: "create", weight: 6 },
  forget: { sign: "-", word: "forget", weight: 3 },
  nothing: { sign: "=", word: "unchanged", weight: 9 },
};

const drifts: Readonly<Record<NonNullable<Change["drift"]>, Look>> = {
  missing: { sign: "-", word: "missing", weight: 2 },
  drifted: { sign: "~", word: "drifted", weight: 3 },
  "not comparable": { sign: "?", word: "not comparable", weight: 4 },
  same: { sign: "=", word: "the same", weight: 9 },
};

/** The run that a change is of. */
export interface Shown extends Pick<Report, "phase"> {
  /** Of a plan: of a destroy. */
  readonly isDestroy?: boolean | undefined;
}

/** How a change is to be shown. What failed matters most. */
export function lookOf({ move, drift, error }: Change, { phase }: Shown): Look {
  if (error) return { sign: "!", word: phase === "plan" ? "would fail" : "failed", weight: 0 };
  return phase === "drift" ? drifts[drift ?? "not comparable"] : looks[move];
}

/** Whether there is anything to tell of a change. */
export const isWorthTelling = (change: Change): boolean =>
  change.move !== "nothing" ||
  change.error !== undefined ||
  (change.drift ?? "same") !== "same" ||
  change.unmanaged !== undefined;

/** A line of the table: sign and word, id, type, cause. */
export function rowOf(change: Change, report: Shown): string {
  const { sign, word } = lookOf(change, report);
  const cells = [
    `\`${sign}\` ${word}`,
    codeOf(change.id, mostOfId),
    codeOf(change.type, mostOfType),
    causeOf(change, report),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Why a change is made, or what it is about, in Markdown. */
export function causeOf(change: Change, report: Shown): string {
  const isDestroy = report.phase === "destroy" || report.isDestroy === true;
  const {
    move,
    error,
    because = [],
    patch = [],
    paths = [],
    why,
    holdsData,
    ifRefused,
    order,
    site,
  } = change;
  if (error) return codeOf(`${error.code}: ${error.message}`, mostOfCause);
  const isChanged = move === "update" || move === "adopt";
  const isDrift = report.phase === "drift";
  const remarks = [
    holdsData === true && "**what it holds is lost**",
    because.length > 0 && `${placesOf(because)} cannot be changed in place`,
    ifRefused && "replaced if AWS refuses that",
    move === "replace" && order === "delete-first" && "the old one goes first",
    isChanged && placesOf(patch),
    !isDrift && plainCauses[move](isDestroy),
    placesOf(paths.map((path) => ({ path }))),
    ...[why, site].map((text) => text !== undefined && codeOf(text, mostOfCause)),
  ];
  return remarks.filter((text) => typeof text === "string" && text !== "").join("; ");
}

type Cause = (isDestroy: boolean) => string;

/** What there is to say of a move where nothing else says why. */
const plainCauses: Readonly<Record<Change["move"], Cause>> = {
  create: () => "new",
  adopt: () => "is there already",
  delete: (isDestroy) => (isDestroy ? "all that is recorded goes" : "no longer declared"),
  forget: () => "stays at AWS",
  update: () => "",
  replace: () => "",
  nothing: () => "",
};

const mostPlaces = 4;

function placesOf(places: readonly { readonly path: string }[]): string {
  const paths = [...new Set(places.map(({ path }) => path))];
  const more = paths.length > mostPlaces ? [`${paths.length - mostPlaces} more`] : [];
  return [...paths.slice(0, mostPlaces).map((path) => codeOf(path, mostOfType)), ...more].join(", ");
}
