import { type Json, type Props, isList, isProps } from "../../json.ts";
import { plain } from "../behaviours/behaviour.ts";
import { invalid, unreadable } from "../cloud/refusal.ts";

/** What the service model says of one member of an input. */
interface Member {
  readonly kind: "text" | "number" | "filter";
  readonly min: number;
  readonly max: number;
  readonly pattern?: string;
  readonly required?: true;
}

const token: Member = { kind: "text", min: 1, max: 128, pattern: "[-A-Za-z0-9+/=]+" };
const document: Member = { kind: "text", min: 1, max: 262_144 };
const size: Member = { kind: "number", min: 1, max: 100 };
const need = (member: Member): Member => ({ ...member, required: true });

const typed: Readonly<Record<string, Member>> = {
  TypeName: {
    kind: "text",
    min: 10,
    max: 196,
    pattern: "[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}",
    required: true,
  },
  TypeVersionId: { kind: "text", min: 1, max: 128, pattern: "[A-Za-z0-9-]+" },
  RoleArn: { kind: "text", min: 20, max: 2048, pattern: "arn:.+:iam::[0-9]{12}:role/.+" },
};

const identifier = need({ kind: "text", min: 1, max: 1024, pattern: ".+" });

/** The members of every operation's input, from the service model (cloudcontrol 2021-09-30). */
const inputs: Readonly<Record<string, Readonly<Record<string, Member>>>> = {
  CreateResource: { ...typed, DesiredState: need(document), ClientToken: token },
  UpdateResource: { ...typed, Identifier: identifier, PatchDocument: need(document), ClientToken: token },
  DeleteResource: { ...typed, Identifier: identifier, ClientToken: token },
  GetResource: { ...typed, Identifier: identifier },
  ListResources: {
    ...typed,
    NextToken: { kind: "text", min: 1, max: 4096 },
    MaxResults: size,
    ResourceModel: document,
  },
  GetResourceRequestStatus: { RequestToken: need(token) },
  CancelResourceRequest: { RequestToken: need(token) },
  ListResourceRequests: {
    MaxResults: size,
    NextToken: { ...token, max: 2048 },
    ResourceRequestStatusFilter: { kind: "filter", min: 0, max: 0 },
  },
};

/** Checks an input against the service model as the framework does before the service sees it; null is absent. */
export function readInput(operation: string, body: unknown): Props {
  if (!isProps(body)) throw unreadable("Start of structure or map found where not expected.");
  const members = inputs[operation] ?? {};
  const input = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => value !== null && Object.hasOwn(members, name)),
  );
  const broken = Object.entries(members).flatMap(([name, member]) => violation(name, input[name], member));
  if (broken.length === 0) return input;
  const many = broken.length === 1 ? "1 validation error" : `${broken.length} validation errors`;
  throw invalid(`${many} detected: ${broken.join("; ")}`);
}

function violation(name: string, value: Json | undefined, member: Member): string[] {
  const at = name.charAt(0).toLowerCase() + name.slice(1);
  if (value === undefined) {
    return member.required
      ? [`Value null at '${at}' failed to satisfy constraint: Member must not be null`]
      : [];
  }
  const rule = brokenRule(name, value, member);
  return rule === undefined
    ? []
    : [`Value '${plain(value)}' at '${at}' failed to satisfy constraint: Member must ${rule}`];
}

function brokenRule(name: string, value: Json, { kind, min, max, pattern }: Member): string | undefined {
  if (kind === "filter") return brokenFilter(name, value);
  if (kind === "number") {
    if (typeof value !== "number") throw unreadable(`${name} must be a number`);
    if (value < min) return `have value greater than or equal to ${min}`;
    return value > max ? `have value less than or equal to ${max}` : undefined;
  }
  if (typeof value !== "string") throw unreadable(`${name} must be a string`);
  if (value.length < min) return `have length greater than or equal to ${min}`;
  if (value.length > max) return `have length less than or equal to ${max}`;
  const fits = pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);
  return fits ? undefined : `satisfy regular expression pattern: ${pattern}`;
}

const enums: Readonly<Record<string, readonly string[]>> = {
  Operations: ["CREATE", "DELETE", "UPDATE"],
  OperationStatuses: ["PENDING", "IN_PROGRESS", "SUCCESS", "FAILED", "CANCEL_IN_PROGRESS", "CANCEL_COMPLETE"],
};

function brokenFilter(name: string, value: Json): string | undefined {
  if (!isProps(value)) throw unreadable(`${name} must be a structure`);
  const strange = Object.entries(enums).find(([list, allowed]) => {
    const wanted = value[list];
    return isList(wanted) && !wanted.every((item) => typeof item === "string" && allowed.includes(item));
  });
  return strange && `satisfy enum value set: [${strange[1].join(", ")}]`;
}
