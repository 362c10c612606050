import { refuseStatement } from "./refuse.ts";
import { type Token, isWord, plainName } from "./tokens.ts";

/** A statement that asks what there is to ask. */
export type Asking =
  | { readonly kind: "services"; readonly like: string | undefined }
  | {
      readonly kind: "resources";
      readonly service: string;
      readonly at: number;
      readonly like: string | undefined;
    }
  | { readonly kind: "columns"; readonly table: string; readonly at: number; readonly isExtended: boolean };

/** Reads `SHOW SERVICES`, `SHOW RESOURCES IN aws.sqs` and `DESCRIBE [EXTENDED] aws.sqs.queues`; undefined for others. */
export function askingIn(given: string, pieces: readonly Token[]): Asking | undefined {
  const [first, second] = pieces;
  if (isWord(first, "DESCRIBE", "DESC")) return describeIn(given, pieces);
  if (!isWord(first, "SHOW")) return undefined;
  const rest = pieces.slice(2);
  if (isWord(second, "SERVICES")) {
    const named = isWord(rest[0], "IN", "FROM") ? rest.slice(2) : rest;
    return { kind: "services", like: likeIn(given, named) };
  }
  if (!isWord(second, "RESOURCES"))
    throw refuseStatement(
      given,
      second?.at ?? given.length,
      "SHOW shows SERVICES, or RESOURCES IN a service",
      shown,
    );
  const [name, after] = isWord(rest[0], "IN", "FROM") ? nameIn(rest.slice(1)) : ["", rest];
  const service = name.replace(/^aws\./, "");
  const at = rest[1]?.at ?? given.length;
  if (service === "")
    throw refuseStatement(given, at, "SHOW RESOURCES takes the service of which to show them", shown);
  return { kind: "resources", service, at, like: likeIn(given, after) };
}

const shown = "Write SHOW SERVICES, or SHOW RESOURCES IN aws.sqs.";

function describeIn(given: string, pieces: readonly Token[]): Asking {
  const isExtended = isWord(pieces[1], "EXTENDED");
  const rest = pieces.slice(isExtended ? 2 : 1);
  const [table, [stray]] = nameIn(rest);
  const advice = "Write e.g. DESCRIBE EXTENDED aws.sqs.queues.";
  if (table === "")
    throw refuseStatement(given, given.length, "DESCRIBE takes the table to describe", advice);
  if (stray)
    throw refuseStatement(
      given,
      stray.at,
      `nothing follows the table, and here stands ${stray.text}`,
      advice,
    );
  return { kind: "columns", table, at: rest[0]?.at ?? 0, isExtended };
}

/** A name with dots, or one in quotes as it is, and what follows it. */
function nameIn(pieces: readonly Token[]): readonly [string, readonly Token[]] {
  const [first] = pieces;
  if (!first || (first.kind !== "word" && first.kind !== "name")) return ["", pieces];
  if (first.kind === "name" && pieces[1]?.text !== ".") return [plainName(first), pieces.slice(1)];
  const end = pieces.findIndex((_, i) => i % 2 === 1 && pieces[i]?.text !== ".");
  const name = end === -1 ? pieces : pieces.slice(0, end);
  return [name.map((piece) => plainName(piece).toLowerCase()).join(""), pieces.slice(name.length)];
}

function likeIn(given: string, pieces: readonly Token[]): string | undefined {
  const [word, pattern, stray] = pieces;
  if (!word) return undefined;
  if (isWord(word, "LIKE") && pattern?.kind === "text" && !stray)
    return pattern.text.slice(1, -1).replaceAll("''", "'");
  throw refuseStatement(given, (stray ?? word).at, "only LIKE and a pattern in quotes may follow", shown);
}
