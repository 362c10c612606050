import { UsageError } from "../errors.ts";
import { parseExact } from "../json.ts";

/** A type as people write it: `AWS::S3::Bucket`, `S3::Bucket`, `S3.Bucket`, `AWS.S3.Bucket`. */
export function typeNameOf(text: string): string {
  const parts = text.split(/::|\./);
  return parts.length === 2 ? ["AWS", ...parts].join("::") : parts.join("::");
}

/** `ApiId=a1 StageName=live` as properties; values that are JSON are read as such. */
export function propertiesIn(pairs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageError(`properties are written Name=value; given was ${pair}`);
      return [pair.slice(0, at), valueIn(pair.slice(at + 1))];
    }),
  );
}

function valueIn(text: string): unknown {
  if (!/^[[{"]|^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text)) return text;
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}
