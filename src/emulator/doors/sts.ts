import { Refusal } from "../cloud/refusal.ts";
import type { Settings } from "../cloud/options.ts";
import type { Door, Incoming } from "./door.ts";
import { answerOf, formOf, refusalOf } from "./query.ts";

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Opens STS for a form that names an Action; it knows GetCallerIdentity alone. */
export function sts(incoming: Incoming): Door | undefined {
  const body = formOf(incoming);
  if (!body) return undefined;
  const action = body["Action"] ?? "";
  return {
    api: `sts:${action}`,
    body,
    answer: ({ settings }) => {
      if (action === "GetCallerIdentity") return answerOf(namespace, action, identity(settings));
      throw new Refusal("InvalidAction", `Could not find operation ${action} for version ${body["Version"]}`);
    },
    refuse: (refusal) => refusalOf(namespace, refusal),
    throttled: new Refusal("Throttling", "Rate exceeded"),
    unsigned: new Refusal("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
  };
}

const identity = ({ account }: Settings): string =>
  `<Arn>arn:aws:iam::${account}:user/emulator</Arn><UserId>AIDAEMULATOR000000000</UserId><Account>${account}</Account>`;
