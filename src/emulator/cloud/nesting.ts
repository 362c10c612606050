/** Deeper than any model of AWS, and far from the end of the stack. */
const deepest = 200;

/** Tells whether JSON text nests so deep that reading it is not worth the risk. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^])*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
