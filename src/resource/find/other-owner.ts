import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError } from "../../errors.ts";
import { type Json, type Props, isProps, valueAt } from "../../json.ts";
import type { TagFacts } from "../../schema/facts.ts";
import { claimOf, isRecordOf } from "../record/owner.ts";
import { type Context, warn } from "../context.ts";

/**
 * Refuses to take over what another app or stage of the store has recorded, or what a CloudFormation stack has made:
 * two owners would undo each other's work, and one of them deletes it in the end. `adopt: { force: true }` only warns.
 */
export async function requireNoOtherOwner(context: Context, found: Found): Promise<void> {
  const owner = await ownerElsewhere(context, found);
  if (owner === undefined) return;
  const { identifier } = found;
  const { adopt } = context.call.options;
  if (typeof adopt === "object" && adopt.force === true)
    return warn(context, `${identifier} is taken over from ${owner}`);
  throw new ResourceError("OWNED", `${identifier} belongs to ${owner}`, {
    identifier,
    advice: "Give it up there first; adopt: { force: true } takes it over all the same.",
  });
}

/** Who else has this resource, in words: another app or stage of the store, or a CloudFormation stack. */
export async function ownerElsewhere(context: Context, found: Found): Promise<string | undefined> {
  return stackOf(context.call.facts.tags, found.live) ?? (await recordedBy(context, found));
}

/** What CloudFormation writes on everything that a stack makes, where the type has tags and shows them. */
function stackOf(facts: TagFacts | undefined, live: Props): string | undefined {
  const tags = facts && valueAt(live, facts.path);
  const id = tagIn(tags, "aws:cloudformation:stack-id", facts?.key);
  return id === undefined ? undefined : `the CloudFormation stack ${id}`;
}

function tagIn(tags: Json | undefined, name: string, key = "Key"): string | undefined {
  const value = Array.isArray(tags)
    ? tags.find((tag) => isProps(tag) && tag[key] === name)
    : isProps(tags) && tags[name];
  const text = isProps(value) ? value["Value"] : value;
  return typeof text === "string" ? text : undefined;
}

async function recordedBy(context: Context, found: Found): Promise<string | undefined> {
  const claim = claimOf(context, found);
  for (const { app, stage, entries } of await context.scope.elsewhere()) {
    const entry = entries.find((one) => isRecordOf(one, claim));
    if (entry) return `${JSON.stringify(entry.id)} of the app ${JSON.stringify(app)}, stage ${stage}`;
  }
  return undefined;
}
