import { isResourceError } from "../../errors.ts";
import { identifierOf, isServerNamed } from "../../schema/identifier.ts";
import { type Context, nameOf } from "../context.ts";
import { isNameFree } from "./standing.ts";

/**
 * Whether the name that the user chose is free for certain; undefined where AWS names, or nobody can tell. It is looked
 * for before the create is sent, not beside it: a create may be done before a read that was sent with it is answered,
 * and what it made would then pass for what was there.
 */
export async function isFreeName(context: Context): Promise<boolean | undefined> {
  const { facts, desired, note } = context.call;
  if (note?.part) return undefined;
  if (isServerNamed(facts)) return isNameFree(context);
  const identifier = identifierOf(facts, desired);
  if (identifier === undefined) return undefined;
  try {
    return (await context.cloud.control.read(nameOf(context, identifier))) === undefined;
  } catch (error) {
    // Who may not read cannot know. Whatever else is wrong the create itself will tell, but for a read that was lost
    // again and again: to take its name for taken would leave to nobody what the create makes and then fails with.
    const isTold = isResourceError(error) && !["state", "transient"].includes(error.kind);
    if (isTold && error.code !== "ABORTED") return false;
    throw error;
  }
}
