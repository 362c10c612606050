import type { Check } from "await-aws";

/** Refuses to delete or replace anything in a stage, whoever asks for it. */
export const noDeletionIn =
  (...stages: readonly string[]): Check =>
  ({ stage, move }) =>
    stages.includes(stage) && (move === "delete" || move === "replace") && `nothing is deleted in ${stage}`;
