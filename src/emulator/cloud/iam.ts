import { randomUUID } from "node:crypto";
import type { KnownType } from "./known-type.ts";
import type { PlannedFailure, Settings } from "./options.ts";
import { Refusal } from "./refusal.ts";

// Cloud Control's own actions stand under `cloudformation:`, and beside them the caller needs what the handlers do:
// https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/security.html

/** Refuses a request whose own action is denied. */
export function requireAllowed(settings: Settings, action: string, type = "*"): void {
  if (!settings.denies(action)) return;
  const resource = `arn:aws:cloudformation:${settings.region}:${settings.account}:resource/${type}`;
  throw new Refusal(
    "com.amazon.coral.service#AccessDeniedException",
    deniedText(settings, action, action.startsWith("cloudformation:") ? resource : "*"),
    action.startsWith("cloudformation:") ? 400 : 403,
  );
}

/** How a handler ends that may not do what it has to; undefined where it may. */
export function deniedHandler(
  settings: Settings,
  known: KnownType,
  handler: string,
): PlannedFailure | undefined {
  const action = actionsOf(known, handler).find(settings.denies);
  if (action === undefined) return undefined;
  const [, service = ""] = known.type.split("::");
  const cause = `(Service: ${service}, Status Code: 403, Request ID: ${randomUUID()})`;
  return { code: "AccessDenied", message: `${deniedText(settings, action, "*")} ${cause}` };
}

/** What the schema says that a handler does; where it says nothing, what its service would call it. */
function actionsOf({ facts, type }: KnownType, handler: string): readonly string[] {
  const [, service = "", kind = ""] = type.split("::");
  const verb = { create: "Create", read: "Get", update: "Update", delete: "Delete", list: "List" }[handler];
  return facts.permissions?.[handler] ?? [`${service.toLowerCase()}:${verb ?? handler}${kind}`];
}

const deniedText = ({ account }: Settings, action: string, resource: string): string =>
  `User: arn:aws:iam::${account}:user/emulator is not authorized to perform: ${action} on resource: ${resource} ` +
  "with an explicit deny in an identity-based policy";
