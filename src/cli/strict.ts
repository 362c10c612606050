import { type Command, InvalidArgumentError, type Option } from "commander";

/** Refuses, for every option below a command, a value that is empty or another flag: commander takes both for values. */
export function requireValues(command: Command): void {
  command.options.filter(({ required, optional }) => required || optional).forEach(guard);
  command.commands.forEach(requireValues);
}

function guard(option: Option): void {
  const read = option.parseArg?.bind(option);
  option.argParser((value: string, before: unknown): unknown => {
    if (value === "" || value.startsWith("--"))
      throw new InvalidArgumentError(`It takes a value${value === "" ? "" : `, which ${value} is not`}.`);
    return read ? read(value, before) : value;
  });
}
