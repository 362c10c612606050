/** Makes the test of an action by patterns such as `cloudformation:UpdateResource` and `sqs:*`. */
export function denierOf(deny: readonly string[] | (() => readonly string[])): (action: string) => boolean {
  return (action) => (typeof deny === "function" ? deny() : deny).some((pattern) => fits(pattern, action));
}

function fits(pattern: string, action: string): boolean {
  const pieces = pattern.split("*").map((piece) => piece.replace(/[^\w]/g, String.raw`\$&`));
  return new RegExp(`^${pieces.join(".*")}$`, "i").test(action);
}
