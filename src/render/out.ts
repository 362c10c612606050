// The one place through which text reaches a terminal, a pipe or a file that is shown on one.
import { spellOut } from "../unruly.ts";
import { type Environment, type Target, styleFor, plainStyle } from "./style.ts";

type Stream = NodeJS.WritableStream & Target;

/** Colours and weights as `styleText` writes them; nothing else that begins with ESC is ours. */
const formats = new RegExp(`(${String.fromCharCode(27)}\\[\\d{1,3}(?:;\\d{1,3})*m)`);

/** Text as it may stand on a terminal: whatever could steer it is spelled out, but for colours where they are wanted. */
export function visibleText(text: string, hasColours: boolean): string {
  if (!hasColours) return spellOut(text, "\n\t");
  return text
    .split(formats)
    .map((piece, i) => (i % 2 === 1 ? piece : spellOut(piece, "\n\t")))
    .join("");
}

/** Writes text onto a stream, visibly. */
export function put(stream: Stream, text: string, environment: Environment = process.env): void {
  stream.write(visibleText(text, styleFor(stream, environment) !== plainStyle));
}

/** Writes a result to stdout, also while that is diverted. */
export function writeOut(text: string): void {
  const shown = visibleText(text, styleFor(process.stdout, process.env) !== plainStyle);
  const real = diversions.get(process.stdout);
  if (real) real(shown);
  else process.stdout.write(shown);
}

/** Writes to stderr how something goes. */
export const writeErr = (text: string): void => put(process.stderr, text);

/** Passes on what a script has printed, which is its own affair. */
export const passOn = (stream: NodeJS.WritableStream, text: string): void => void stream.write(text);

/** Resolves once all that was written has left the process. */
export async function flush(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((written) => void stream.write("", () => written()));
}

/** The write of a stream's own, while another stands in its place. */
const diversions = new WeakMap<object, (text: string) => boolean>();

/** Hands what anybody else writes to stdout to `aside` instead, until what is returned is called. */
export function divert(aside: (text: string) => void): () => void {
  const real = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    aside(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((one) => typeof one === "function");
    if (done) Reflect.apply(done, undefined, []);
    return true;
  };
  const around = diversions.get(process.stdout);
  diversions.set(process.stdout, around ?? real);
  return () => {
    process.stdout.write = real;
    if (around) diversions.set(process.stdout, around);
    else diversions.delete(process.stdout);
  };
}
