import { type IncomingHttpHeaders, type ServerResponse, createServer } from "node:http";
import { onTestFinished } from "vitest";

/** What a request is met with: an answer, or whatever is done to the connection. */
export type Reply = (response: ServerResponse) => void;

/** A request as it arrived. */
export interface Request {
  /** `GetResource` of the header `CloudApiService.GetResource`. */
  readonly api: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
}

/** A server that plays its replies in order; the last one serves all further requests. */
export interface Scripted {
  readonly url: string;
  readonly requests: Request[];
}

/** Starts a scripted server on loopback for one test. */
export async function scripted(...replies: readonly Reply[]): Promise<Scripted> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on("end", () => {
      const target = String(request.headers["x-amz-target"] ?? request.url);
      const body = text.startsWith("{") ? (JSON.parse(text) as Request["body"]) : {};
      requests.push({ api: target.replace(/^.*\./, ""), body, headers: request.headers });
      replies[Math.min(requests.length, replies.length) - 1]?.(response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests };
}

/** Answers with a body, JSON unless it is text. */
export const answer =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    const type = { "content-type": "application/x-amz-json-1.0" };
    response.writeHead(status, { ...type, "x-amzn-requestid": "request-1", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

/** Refuses as Cloud Control does: HTTP 400, the name behind a namespace, the text in `Message`. */
export const refuse = (name: string, message = "refused", status = 400): Reply =>
  answer({ __type: `com.amazon.cloudapiservice#${name}`, Message: message }, status);

/** Answers a write or a poll with an event. */
export const event = (ProgressEvent: Readonly<Record<string, unknown>>): Reply => answer({ ProgressEvent });

/** Cuts the connection without an answer. */
export const cut: Reply = (response) => {
  response.destroy();
};
