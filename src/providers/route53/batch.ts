import type { Change, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { type Found, type Write, modelIn } from "../../cloudcontrol/protocol.ts";
import { applyPatch } from "../../diff/patch.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import {
  type RecordSetKey,
  type Zone,
  modelOf,
  recordSetIdentifierOf,
  recordSetKeyIn,
  recordSetKeyOf,
  recordSetOf,
} from "./model.ts";

/** A write in the words of Route 53, and what it leaves behind. */
export interface Batch {
  readonly changes: Change[];
  readonly identifier: string;
  /** The record set that the zone holds once the change has been made; undefined after a deletion. */
  readonly target: ResourceRecordSet | undefined;
}

/** What a write means, given what is there now. `NOT_FOUND` where there is nothing to change. */
export function batchOf(write: Write, current: ResourceRecordSet | undefined, zone: Zone): Batch {
  if (write.operation === "CreateResource") {
    const target = recordSetOf(modelIn(write.input.DesiredState));
    const { identifier } = foundOf(target, zone);
    return { target, identifier, changes: [{ Action: "CREATE", ResourceRecordSet: target }] };
  }
  const { Identifier: identifier } = write.input;
  if (!current) throw absent(identifier);
  // It goes through only while the value is the one that was read.
  const removal: Change = { Action: "DELETE", ResourceRecordSet: current };
  if (write.operation === "DeleteResource") return { target: undefined, identifier, changes: [removal] };
  const target = recordSetOf(applyPatch(modelOf(current, zone), patchIn(write)));
  // One batch is made whole or not at all, so that the name is never without its record.
  const changes: Change[] = [removal, { Action: "CREATE", ResourceRecordSet: target }];
  return { target, identifier: foundOf(target, zone).identifier, changes };
}

/** The record set that a write is about. */
export function keyOf(write: Write): RecordSetKey {
  if (write.operation !== "CreateResource") return recordSetKeyOf(write.input.Identifier);
  return recordSetKeyIn(modelIn(write.input.DesiredState));
}

/** The name of the zone that a patch asks for, if it does. */
export function zoneNameIn(write: Write): string | undefined {
  return textIn(write, "/HostedZoneName");
}

/** What a batch says of itself: the model's Comment, which no read shows. */
export function commentOf(write: Write): string | undefined {
  const comment =
    write.operation === "CreateResource"
      ? modelIn(write.input.DesiredState)["Comment"]
      : textIn(write, "/Comment");
  return typeof comment === "string" ? comment : undefined;
}

/** The text that a patch puts at a path. */
function textIn(write: Write, path: string): string | undefined {
  const values = patchIn(write).flatMap((one) => (one.path === path && "value" in one ? [one.value] : []));
  return typeof values[0] === "string" ? values[0] : undefined;
}

function patchIn(write: Write): readonly PatchOperation[] {
  return write.operation === "UpdateResource"
    ? (JSON.parse(write.input.PatchDocument) as PatchOperation[])
    : [];
}

/** A record set as Cloud Control would show it. */
export function foundOf(set: ResourceRecordSet, zone: Zone): Found {
  const live = modelOf(set, zone);
  return { identifier: recordSetIdentifierOf(live) ?? "", live };
}

const absent = (identifier: string): ResourceError =>
  new ResourceError("NOT_FOUND", `the record set ${identifier} does not exist`, { identifier });

/** Tells whether a change was refused because somebody else has changed the record set since it was read. */
export const isOutdated = ({ code, what }: ResourceError): boolean =>
  code === "INVALID_REQUEST" && /do(?:es)? not match the current values|but it was not found/.test(what);
