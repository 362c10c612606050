import { type Json, child } from "../json.ts";

/** One value in its four versions; absent where undefined. */
export interface Sides {
  /** What was declared last time. */
  readonly prior: Json | undefined;
  /** What a read showed right after that was applied. */
  readonly observed: Json | undefined;
  readonly live: Json | undefined;
  readonly desired: Json | undefined;
}

/** The four versions of one member of an object. */
export function below({ prior, observed, live, desired }: Sides, name: string): Sides {
  return {
    prior: child(prior, name),
    observed: child(observed, name),
    live: child(live, name),
    desired: child(desired, name),
  };
}
