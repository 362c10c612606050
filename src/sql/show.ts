import { isResourceError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { bundledFacts } from "../schema/bundled.ts";
import type { Facts } from "../schema/facts.ts";
import { type Documentation, documentationOf } from "./documentation.ts";
import type { Row } from "./engine/database.ts";
import type { Asking } from "./language/asking.ts";
import { columnsOf } from "./language/columns.ts";
import { type LiveName, liveOf, nearestTable, serviceNames, tablesOf } from "./language/names.ts";
import { refuseStatement } from "./language/refuse.ts";
import { entriesName, entriesShape } from "./reads/recorded.ts";
import { listNeedsOf } from "./reads/store.ts";
import { noteOf } from "../services/notes.ts";
import type { World } from "./world.ts";

/** Answers what there is to ask; a service or table that there is not is `VALIDATION` with the nearest name. */
export async function answerAsking(given: string, asking: Asking, world: World): Promise<readonly Row[]> {
  switch (asking.kind) {
    case "services":
      return serviceNames()
        .filter(isLike(asking.like))
        .map((name) => ({ name, id: `aws.${name}` }));
    case "resources":
      return resourcesIn(given, asking);
    case "columns":
      return describeTable(given, asking, world);
  }
}

/** `%` stands for any text and `_` for one character, in whatever case. */
function isLike(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const form = new RegExp(`^${escaped.replaceAll("%", ".*").replaceAll("_", ".")}$`, "is");
  return (name) => form.test(name);
}

function resourcesIn(
  given: string,
  { service, at, like }: Asking & { readonly kind: "resources" },
): readonly Row[] {
  const found = tablesOf(service);
  if (!found) {
    const near = nearest(service, serviceNames());
    const advice = near === undefined ? "SHOW SERVICES tells which there are." : `Did you mean aws.${near}?`;
    throw refuseStatement(given, at, `there is no service ${service}`, advice);
  }
  return [...found.tables]
    .filter(([name]) => isLike(like)(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { type, access }]) => ({
      name,
      id: `aws.${found.service}.${name}`,
      type,
      reads:
        access === "one"
          ? "one by its identifier"
          : access === "many"
            ? "a list"
            : "a list, or one by its identifier",
      list_by:
        access === "one" ? null : listNeedsText({ facts: bundledFacts(type) ?? {}, note: noteOf(type) }),
    }));
}

const listNeedsText = (known: Parameters<typeof listNeedsOf>[0]): string | null =>
  listNeedsOf(known)
    .map((names) => names.join(", "))
    .join(" or ") || null;

async function describeTable(
  given: string,
  { table, at, isExtended }: Asking & { readonly kind: "columns" },
  world: World,
): Promise<readonly Row[]> {
  if (table === entriesName) return entriesShape.map(({ name, datatype }) => ({ name, type: datatype }));
  const live = liveOf(table);
  if (!live) {
    const near = nearestTable(table);
    const advice =
      near === undefined ? "SHOW SERVICES tells which services there are." : `Did you mean ${near}?`;
    throw refuseStatement(given, at, `there is no table ${table}`, advice);
  }
  const facts = await knownFacts(live.type, world, isExtended);
  const documented = isExtended ? await documentationOf(live.type) : undefined;
  const rows = columnRows(live, facts, documented);
  return isExtended ? [...rows, ...permissionRows(facts)] : rows;
}

/** What is known of a type; nothing at AWS is needed to tell what this version carries. */
async function knownFacts(type: string, world: World, isExtended: boolean): Promise<Facts> {
  const bundled = bundledFacts(type);
  if (bundled && !isExtended) return bundled;
  try {
    return (await world.know(type)).facts;
  } catch (error) {
    if (bundled && isResourceError(error)) return bundled;
    throw error;
  }
}

const columnRows = (
  { spelling }: LiveName,
  facts: Facts,
  documented: Documentation | undefined,
): readonly Row[] =>
  columnsOf(facts, spelling).map(({ name, source, datatype, isRequired, isReadOnly, isCreateOnly }) => ({
    name,
    type: datatype,
    required: isRequired,
    read_only: isReadOnly,
    create_only: isCreateOnly,
    ...(documented && {
      documentation:
        source.from === "property" ? (documented[source.property] ?? null) : besides[source.from],
      permissions: null,
    }),
  }));

const besides = {
  region: "The AWS region that is asked.",
  identifier: "What Cloud Control calls the resource by: the parts of its identifier, joined with |.",
  managed: "Whether an app has recorded it.",
  app: "The app that has recorded it.",
  stage: "The stage of that app.",
  id: "The script's name for it.",
  patch: "The operations of RFC 6902 that an update sends as they are.",
} as const;

/** What the caller must be allowed, a row for each handler. */
const permissionRows = ({ permissions = {} }: Facts): readonly Row[] =>
  Object.entries(permissions).map(([name, actions]) => ({
    name,
    type: "handler",
    required: null,
    read_only: null,
    create_only: null,
    documentation: null,
    permissions: actions,
  }));
