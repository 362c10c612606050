import { apiGatewayV2 } from "./api-gateway-v2.ts";
import type { Note, Notes } from "./note.ts";

const all: Notes = { ...apiGatewayV2 };

/** The note of a type, if there is one. */
export function noteOf(type: string): Note | undefined {
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
