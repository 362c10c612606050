import type { Write } from "../../cloudcontrol/protocol.ts";
import type { PatchOperation } from "../../events.ts";
import type { Props } from "../../json.ts";
import type { Context } from "../context.ts";

/** A request before it has its client token. */
export type Draft =
  | {
      readonly operation: "CreateResource";
      readonly desired: Props;
      /** Finds out whether the name is free (see Intent.isFree); asked once, when the intent is safe. */
      readonly isFree?: () => Promise<boolean | undefined>;
    }
  | {
      readonly operation: "UpdateResource";
      readonly identifier: string;
      readonly patch: readonly PatchOperation[];
    }
  | { readonly operation: "DeleteResource"; readonly identifier: string; readonly type?: string };

/** A request as it goes out under this client token. */
export function requestOf(call: Context["call"], draft: Draft, ClientToken: string): Write {
  const { typeVersionId, roleArn } = call.options;
  const common = {
    TypeName: call.type,
    ...(typeVersionId !== undefined && { TypeVersionId: typeVersionId }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ClientToken,
  };
  switch (draft.operation) {
    case "CreateResource":
      return {
        operation: draft.operation,
        input: { ...common, DesiredState: JSON.stringify(draft.desired) },
      };
    case "UpdateResource": {
      const PatchDocument = JSON.stringify(draft.patch);
      return {
        operation: draft.operation,
        input: { ...common, Identifier: draft.identifier, PatchDocument },
      };
    }
    case "DeleteResource": {
      const TypeName = draft.type ?? call.type;
      return { operation: draft.operation, input: { ...common, TypeName, Identifier: draft.identifier } };
    }
  }
}
