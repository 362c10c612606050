import { bundledFacts } from "./bundled.ts";

/** Tells whether losing a resource of this type loses data, or what is dear to make again. */
export const isStateful = (type: string): boolean => bundledFacts(type)?.stateful === true;

/** What it holds passes through within days: worth a question before a replacement, not before an end. */
const passing: readonly string[] = ["AWS::SQS::Queue"];

/** Tells whether deleting a resource of this type loses what it holds. */
export const holdsData = (type: string): boolean => isStateful(type) && !passing.includes(type);
