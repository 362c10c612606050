/**
 * Asks a question that is answered with yes or no on the terminal; undefined where nobody can be asked, as in a pipe
 * or in CI.
 */
export async function confirmed(question: string, environment: Environment): Promise<boolean | undefined> {
  const isCi = environment["CI"] !== undefined && environment["CI"] !== "" && environment["CI"] !== "false";
  if (!process.stdin.isTTY || !process.stderr.isTTY || isCi) return undefined;
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message: question, initialValue: false, output: process.stderr })) === true;
}

type Environment = Readonly<Record<string, string | undefined>>;
