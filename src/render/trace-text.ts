import { type Listener, type Trace, isTrace } from "../events.ts";
import { onOneLine } from "./spell-unruly.ts";

/** One line for what `AWAIT_AWS_DEBUG` asks to be told: its channel, and what there is to it. */
export function traceText(trace: Trace): string {
  return ["  ", ...wordsOf(trace)]
    .filter((word) => word !== undefined)
    .map(onOneLine)
    .join("  ")
    .slice(2);
}

type Words = readonly (string | undefined)[];

function wordsOf(trace: Trace): Words {
  switch (trace.name) {
    case "request":
      return requestWords(trace);
    case "decision":
      return [
        "decide",
        trace.id,
        trace.type,
        `${trace.move}: ${trace.why}`,
        trace.paths && `at ${trace.paths.join(", ")}`,
      ];
    case "record":
      return recordWords(trace);
  }
}

function requestWords(trace: Extract<Trace, { name: "request" }>): Words {
  const { api, type, identifier, clientToken, requestToken, attempt, ms, code } = trace;
  return [
    "wire",
    api,
    type,
    identifier,
    clientToken && `client token ${clientToken}`,
    requestToken && `request ${requestToken}`,
    `try ${attempt}`,
    `${ms} ms`,
    code ?? "ok",
  ];
}

function recordWords({ id, done, type, status, intent, bytes }: Extract<Trace, { name: "record" }>): Words {
  return [
    "state",
    id,
    type,
    done,
    status,
    intent && `${intent} begun`,
    bytes === undefined ? undefined : `${bytes} bytes`,
  ];
}

/** Writes what was asked to be traced and nothing else: it is told also to whoever wants no progress shown. */
export const traces =
  (write: (text: string) => void): Listener =>
  (event) => {
    if (isTrace(event)) write(`${traceText(event)}\n`);
  };
