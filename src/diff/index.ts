export { planChange, type Plan, type PlanInput } from "./plan.ts";
export type { Order } from "./replacement.ts";
export { factsFromSchema } from "../schema/from-schema.ts";
