import { type Desk, signed } from "../desk.ts";

/** What came back over the wire, with the name of the exception if it is one. */
export interface Got {
  readonly status: number;
  readonly errorType: string | null;
  /** Empty where nothing came. */
  readonly body: Record<string, unknown>;
}

/** Sends one call as restJson1, signed for show. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Got>;

export function restOf({ emulator }: Desk): Send {
  return async (method, path, body) => {
    const response = await fetch(emulator.url + path, {
      method,
      headers: { ...signed, "content-type": "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      errorType: response.headers.get("x-amzn-errortype"),
      body: text === "" ? {} : (JSON.parse(text) as Got["body"]),
    };
  };
}

/** The patch of a V1 Update. */
export const patch = (op: string, path: string, value?: string) => ({
  patchOperations: [{ op, path, ...(value !== undefined && { value }) }],
});

export const absent = (message: string) => ({
  status: 404,
  errorType: "NotFoundException",
  body: { message },
});

export const conflict = (message: string) => ({
  status: 409,
  errorType: "ConflictException",
  body: { message },
});

export const bad = (message: unknown) => ({
  status: 400,
  errorType: "BadRequestException",
  body: { message },
});
