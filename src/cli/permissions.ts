import type { Command } from "commander";
import { resourceFunction } from "../aws/resource-function.ts";
import type { Props } from "../json.ts";
import { withEnvironment } from "./environment.ts";
import { failing } from "./failing.ts";
import { addPlaceFlags } from "./run-flags.ts";
import { typeNamed } from "./type-name.ts";

interface PermissionFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly envFile?: string;
  readonly json?: true;
}

/** `await-aws permissions`: the IAM actions that a type's handlers need. */
export function addPermissions(program: Command): void {
  addPlaceFlags(program.command("permissions").argument("<type>"))
    .description("Tell the IAM actions that each handler of a type needs.")
    .option("--json", "write JSON instead of lines")
    .addHelpText("after", "\nExample:\n  await-aws permissions ApiGatewayV2.IntegrationResponse")
    .action(
      failing(async (type: string, flags: PermissionFlags) => {
        withEnvironment(flags);
        const { region, profile } = flags;
        const of = resourceFunction<Props, Props, string>(typeNamed(type));
        const permissions = await of.permissions({ region, profile });
        const lines = Object.entries(permissions).map(
          ([handler, actions]) => `${handler}: ${actions.join(", ")}`,
        );
        process.stdout.write(
          `${flags.json === true ? JSON.stringify(permissions, undefined, 2) : lines.join("\n")}\n`,
        );
      }),
    );
}
