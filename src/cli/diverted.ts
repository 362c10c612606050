/** Hands what anybody writes to stdout to `aside` instead, until what is returned is called. */
export function diverted(aside: (text: string) => void): () => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    aside(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((one) => typeof one === "function");
    if (done) Reflect.apply(done, undefined, []);
    return true;
  };
  return () => {
    process.stdout.write = write;
  };
}
