import { randomUUID } from "node:crypto";
import { leavesOf, segmentsOf, valueAt } from "../../json.ts";
import type { Cloud } from "./cloud.ts";
import type { KnownType } from "./known-type.ts";
import type { HandlerFailure } from "./refusal.ts";
import type { Resource } from "./resource.ts";

/** Shorter names stand in other models by chance. */
const shortest = 6;

/**
 * Refuses to remove a resource whose name stands in the model of one that stays, if the settings say so. The first of
 * `going` is the one to be deleted, the others go along with it.
 */
export function inUse(
  cloud: Cloud,
  known: KnownType,
  going: readonly Resource[],
): HandlerFailure | undefined {
  const [first] = going;
  if (!cloud.settings.refuseInUse || !first) return undefined;
  const own = namesOf(known, first).filter((name) => name !== cloud.settings.account);
  const names = own.map(standing);
  const user = cloud.all().find((other) => !going.includes(other) && holds(other, names));
  if (!user) return undefined;
  const service = known.type.split("::")[1] ?? "";
  return {
    code: "GeneralServiceException",
    message:
      `Resource ${first.identifier} is in use by ${user.identifier} and cannot be deleted. ` +
      `(Service: ${service}, Status Code: 409, Request ID: ${randomUUID()})`,
  };
}

/** Its identifier, and the ids and ARNs that the service gave it: parts that it shares with its parents are not its own. */
function namesOf(known: KnownType, { identifier, model }: Resource): string[] {
  const own = known.readOnly
    .filter(
      (pointer) => known.identity.includes(pointer) || /(?:Id|Arn)$/.test(segmentsOf(pointer).at(-1) ?? ""),
    )
    .map((pointer) => valueAt(model, pointer));
  return [identifier, ...own].flatMap((name) =>
    typeof name === "string" && name.length >= shortest ? [name] : [],
  );
}

/** A name stands where no further letter, digit, `_` or `-` belongs to it. */
const standing = (name: string): RegExp =>
  new RegExp(`(?<![\\w-])${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&")}(?![\\w-])`);

const holds = ({ model }: Resource, names: readonly RegExp[]): boolean =>
  leavesOf(model).some(({ value }) => typeof value === "string" && names.some((name) => name.test(value)));
