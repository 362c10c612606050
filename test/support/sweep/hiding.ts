import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Props, isProps, segmentsOf } from "../../../src/json.ts";
import { propertyFor } from "./instance.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** The schemas of the whole registry, a line each; they do not come with the repository. */
export const registryFile = resolve(import.meta.dirname, "../../../../shared/schemas/registry.jsonl.gz");

/** A type with values that no read shows: once as its schema asks, once with all of them. */
export interface Hiding extends Subject {
  readonly variants: readonly [readonly [Props, Props], readonly [Props, Props]];
}

function hidingIn(document: Props): Hiding | undefined {
  const subject = subjectOf(document);
  const shapes = document["properties"];
  const { writeOnly = [] } = subject?.facts ?? {};
  if (!subject || writeOnly.length === 0 || !isProps(shapes)) return undefined;
  const names = [...new Set(writeOnly.map((pointer) => segmentsOf(pointer)[0] ?? ""))];
  const hidden = (variant: number): Props =>
    Object.fromEntries(
      names.flatMap((name) => {
        const shape = shapes[name];
        const value = isProps(shape) ? propertyFor(name, shape, { document, variant, depth: 0 }) : undefined;
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const { desired } = subject;
  const variants = [
    [desired, { ...desired, ...hidden(1) }],
    [
      { ...hidden(0), ...desired },
      { ...hidden(0), ...desired, ...hidden(1) },
    ],
  ] as const;
  return { ...subject, variants };
}

/** The types of the registry with values that no read shows: all, or one in so many, for each takes its time to make. */
export function hidingTypes(oneIn = 1): Hiding[] {
  const lines = gunzipSync(readFileSync(registryFile)).toString("utf8").trim().split("\n");
  const isHiding = (line: string): boolean => line.includes('"writeOnlyProperties"');
  return lines
    .filter(isHiding)
    .filter((_, i) => i % oneIn === 0)
    .flatMap((line) => hidingIn(JSON.parse(line) as Props) ?? []);
}
