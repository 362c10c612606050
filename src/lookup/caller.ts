import { ResourceError } from "../errors.ts";
import { type Where, type Wire, clientOptions, openApiClient } from "../wire/client.ts";

/** Whose credentials are used, and who uses them. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  readonly arn?: string | undefined;
}

/**
 * Asks STS whose credentials these are. It needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function askCaller(where: Where, wire: Wire): Promise<Caller> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(clientOptions(where, wire));
  try {
    const { Account, Arn } = await openApiClient(wire).send("GetCallerIdentity", (abortSignal) =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    if (Account !== undefined) return { account: Account, arn: Arn };
    throw new ResourceError("UNAVAILABLE", "STS does not say whose account this is");
  } finally {
    client.destroy();
  }
}
