import { ResourceError } from "../errors.ts";
import { type Where, type Wire, clientOptions, openApiClient } from "../wire/client.ts";

/**
 * Asks STS whose credentials these are: twelve digits. It needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerAccount(where: Where, wire: Wire): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(clientOptions(where, wire));
  try {
    const { Account } = await openApiClient(wire).send("GetCallerIdentity", (abortSignal) =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    if (Account !== undefined) return Account;
    throw new ResourceError("UNAVAILABLE", "STS does not say whose account this is");
  } finally {
    client.destroy();
  }
}
