import { apiKeyOf } from "../../cloud/concurrent-edits.ts";
import type { Door, Incoming } from "../../doors/door.ts";
import { bodyOf, nowhere, restDoor, restReply } from "../reply.ts";
import type { Row } from "./call.ts";
import { apiRows, memberRows } from "./members.ts";
import { methodRows } from "./methods.ts";
import { resourceRows } from "./resources.ts";
import { responseRows } from "./responses.ts";

// The same resources as Cloud Control: https://docs.aws.amazon.com/apigateway/latest/api/

const rows: readonly Row[] = [
  ...apiRows,
  ...resourceRows,
  ...methodRows,
  ...responseRows,
  ...memberRows("Authorizer", "AuthorizerId"),
  ...memberRows("Deployment", "DeploymentId"),
  ...memberRows("Model", "Name"),
  ...memberRows("RequestValidator", "RequestValidatorId"),
  ...memberRows("Stage", "StageName"),
];

/** Opens the control plane of API Gateway V1 for paths at and below `/restapis`. */
export function apiGateway(incoming: Incoming): Door | undefined {
  if (!/^\/restapis(?:\/|$)/.test(incoming.path)) return undefined;
  const match = matchOf(incoming);
  const body = bodyOf(incoming);
  const isRead = incoming.method === "GET";
  const api = isRead ? undefined : match?.names["RestApiId"];
  return restDoor({
    api: `apigateway:${match ? match.row.api : `${incoming.method} ${incoming.path}`}`,
    action: `apigateway:${incoming.method}`,
    body: isRead ? Object.fromEntries(incoming.query) : body,
    ...(api !== undefined && { edits: apiKeyOf("RestApiId", api) }),
    answer: (cloud) => {
      if (!match) throw nowhere();
      const { row, names } = match;
      return restReply(row.status, row.answer({ cloud, names, query: incoming.query, body }));
    },
  });
}

interface Match {
  readonly row: Row;
  readonly names: Readonly<Record<string, string>>;
}

function matchOf({ method, path }: Incoming): Match | undefined {
  const given = segmentsIn(path);
  for (const row of rows) {
    const names = row.method === method ? namesIn(segmentsIn(row.path), given) : undefined;
    if (names) return { row, names };
  }
  return undefined;
}

const segmentsIn = (path: string): string[] => path.split("/").filter(Boolean).map(decodeURIComponent);

/** What stands in the free parts of a pattern, if the path is one of its kind. */
function namesIn(pattern: readonly string[], given: readonly string[]): Match["names"] | undefined {
  if (pattern.length !== given.length) return undefined;
  const pairs = pattern.map((part, i) => [part, given[i] ?? ""] as const);
  if (!pairs.every(([part, value]) => part.startsWith("{") || part === value)) return undefined;
  return Object.fromEntries(
    pairs.flatMap(([part, value]) => (part.startsWith("{") ? [[part.slice(1, -1), value]] : [])),
  );
}
