import { styleText } from "node:util";

/** Environment variables that decide on colour and on how lively the output is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where text goes, as far as its looks depend on it. */
export interface Target {
  readonly isTTY?: boolean | undefined;
}

/** A colour or weight as Node names them. */
export type Format = Parameters<typeof styleText>[0];

/** Gives text a format, or leaves it as it is where no colour is wanted. */
export type Style = (format: Format, text: string) => string;

/** Text as it is. */
export const plainStyle: Style = (_, text) => text;

/** Colours for one stream: NO_COLOR and FORCE_COLOR as everywhere; otherwise colour is for terminals. */
export const styleFor = (target: Target, environment: Environment): Style =>
  wantsColour(target, environment)
    ? (format, text) => styleText(format, text, { validateStream: false })
    : plainStyle;

function wantsColour({ isTTY }: Target, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY === true && TERM !== "dumb";
}

/** Tells whether somebody watches: a terminal that can move its cursor, and no CI. */
export const isWatched = ({ isTTY }: Target, environment: Environment): boolean =>
  isTTY === true && environment["TERM"] !== "dumb" && !isCi(environment);

/** As every CI service says it, https://docs.github.com/actions/reference/variables-reference for one. */
export const isCi = ({ CI = "" }: Environment): boolean => CI !== "" && CI !== "0" && CI !== "false";
