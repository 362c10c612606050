/** Says on the terminal how much was tried; a reporter shows no figures of tests that pass. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
