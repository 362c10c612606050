/** Drops the AWS SDK's remark that a later Node is coming: it would stand in the middle of a table. */
export function quietAboutNode(): void {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (String(warning).includes("NodeVersionSupportWarning")) return;
    Reflect.apply(emit, process, [warning, ...rest]);
  };
}

/** Whoever reads a result may have seen enough of it; what is under way goes on. */
export function quietAboutPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
