import { randomUUID } from "node:crypto";
import { Refusal } from "../cloud/refusal.ts";
import type { Settings } from "../cloud/options.ts";
import { type Door, type Incoming, type Reply, shapeOf } from "./door.ts";

// AWS query protocol, XML answers: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html

/** Opens STS for a form that names an Action; it knows GetCallerIdentity alone. */
export function sts({ method, headers, text }: Incoming): Door | undefined {
  if (method !== "POST" || !headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return undefined;
  }
  const body = Object.fromEntries(new URLSearchParams(text));
  const action = body["Action"] ?? "";
  return {
    api: `sts:${action}`,
    body,
    answer: ({ settings }) => {
      if (action === "GetCallerIdentity") return xml(200, identity(settings));
      throw new Refusal("InvalidAction", `Could not find operation ${action} for version ${body["Version"]}`);
    },
    refuse: (refusal) => xml(refusal.status, failure(refusal)),
    throttled: new Refusal("Throttling", "Rate exceeded"),
    unsigned: new Refusal("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
  };
}

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

const identity = ({ account }: Settings): string =>
  `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult>` +
  `<Arn>arn:aws:iam::${account}:user/emulator</Arn><UserId>AIDAEMULATOR000000000</UserId><Account>${account}</Account>` +
  `</GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
  `</GetCallerIdentityResponse>`;

const failure = (refusal: Refusal): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escaped(shapeOf(refusal))}</Code>` +
  `<Message>${escaped(refusal.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const xml = (status: number, text: string): Reply => ({
  status,
  headers: { "content-type": "text/xml" },
  text,
});
