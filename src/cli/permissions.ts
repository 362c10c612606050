import type { Command } from "commander";
import { namesNone, policyOf, servedBy } from "../app/policy.ts";
import { appNameOf } from "../app/options/settings.ts";
import { resourceFunction } from "../aws/resource-function.ts";
import { isResourceError, UsageError } from "../errors.ts";
import type { Event } from "../events.ts";
import type { Props } from "../json.ts";
import { divert, writeErr, writeOut } from "../render/out.ts";
import { jsonText } from "../unruly.ts";
import { withEnvironment } from "./environment.ts";
import { exit } from "./exit.ts";
import { tellFailure } from "./failing.ts";
import { addPlaceFlags } from "./run-flags.ts";
import { programOf, scriptFor } from "./script.ts";
import { earlyExitError, listenForStrays } from "./uncaught.ts";
import { typeNameOf } from "./type-name.ts";

interface PermissionFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly envFile?: string;
  readonly json?: true;
  readonly for?: string;
}

/** `await-aws permissions`: the IAM actions that a type's handlers need. */
export function addPermissions(program: Command): void {
  addPlaceFlags(program.command("permissions").argument("[type]"))
    .description("Tell the IAM actions that each handler of a type needs, or the policy that a script needs.")
    .option("--for <script>", "write the least policy document for this script, from a plan of it")
    .option("--json", "write JSON instead of lines")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws permissions ApiGatewayV2.IntegrationResponse\n  await-aws permissions --for deploy.ts",
    )
    .action(
      tellFailure(async (type: string | undefined, flags: PermissionFlags) => {
        withEnvironment(flags);
        if (flags.for !== undefined) return writePolicy(flags.for, flags);
        if (type === undefined) throw new UsageError("permissions takes a type, or --for a script");
        const { region, profile } = flags;
        const named = typeNameOf(type);
        const owner = servedBy(named);
        if (owner !== named) say(`${named} is a part of ${owner}, whose actions it needs:`);
        const of = resourceFunction<Props, Props, string>(owner);
        const permissions = await of.permissions({ region, profile });
        if (Object.values(permissions).flat().length === 0) say(`${owner}: ${namesNone}`);
        const lines = Object.entries(permissions).map(
          ([handler, actions]) => `${handler}: ${actions.join(", ")}`,
        );
        writeOut(`${flags.json === true ? jsonText(permissions, 2) : lines.join("\n")}\n`);
      }),
    );
}

const say = (message: string): void => writeErr(`${message}\n`);

async function writePolicy(given: string, { region, profile }: PermissionFlags): Promise<void> {
  const script = scriptFor(given);
  const program = await programOf(script, []);
  const restore = divert((text) => writeErr(text));
  const onEvent = (event: Event): void => {
    if (event.name === "notice") say(event.message);
  };
  const ends = listenForStrays({
    isTold: isResourceError,
    stray: () => undefined,
    exit: (code) => {
      say(earlyExitError(code).message);
      process.exitCode = exit.failed;
    },
  });
  const { idle, first: stray } = ends;
  const policy = await policyOf(
    { name: appNameOf(script), start: program, idle, stray },
    { region, profile, onEvent },
  ).finally(() => {
    ends.end();
    restore();
  });
  writeOut(`${jsonText(policy, 2)}\n`);
}
