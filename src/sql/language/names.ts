import { nearest } from "../../nearest.ts";
import { bundledServices } from "../../schema/bundled.ts";

/** A table of what is there. */
export interface LiveName {
  readonly type: string;
  /** One resource by its identifier, the list of many, or either by what is asked. */
  readonly access: "one" | "many" | "either";
  /** Whether columns are spelt as AWS does (`QueueName`) or in snake case (`queue_name`). */
  readonly spelling: "aws" | "snake";
}

/** A name of CloudFormation in snake case: `VPCEndpoint` is `vpc_endpoint`, `TargetGroupARNs` `target_group_arns`. */
export function snakeOf(name: string): string {
  return name
    .replaceAll(/([A-Z]{2,})s(?![a-z])/g, (many) => many.charAt(0) + many.slice(1).toLowerCase())
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The name of the table of many; one that is a plural already is its own. */
export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  if (name.endsWith("sis")) return `${name.slice(0, -2)}es`;
  if (/([suaf]s|lens|x|ch|sh)$/.test(name)) return `${name}es`;
  return /(data|s)$/.test(name) ? name : `${name}s`;
}

/** A service and its types as tables. */
export interface ServiceTables {
  /** As in `aws.<service>.<resource>`, e.g. `apigatewayv2`. */
  readonly service: string;
  /** By the name of the resource. */
  readonly tables: ReadonlyMap<string, LiveName>;
}

/** The name of a service in tables. */
export const serviceName = (service: string): string => service.replaceAll("-", "").toLowerCase();

/** Every table of a service by the name that it has here, e.g. `apigatewayv2`; undefined where there is none. */
export function tablesOf(service: string): ServiceTables | undefined {
  const services = Object.entries(bundledServices());
  const found = services.find(([name]) => serviceName(name) === serviceName(service));
  return found && tablesFor(...found);
}

function tablesFor(name: string, types: readonly string[]): ServiceTables {
  const tables = new Map<string, LiveName>();
  for (const type of types) {
    const [one, many] = [snakeOf(type), pluralOf(snakeOf(type))];
    const known = { type: `AWS::${name}::${type}`, spelling: "snake" } as const;
    tables.set(one, { ...known, access: one === many ? "either" : "one" });
    if (one !== many) tables.set(many, { ...known, access: "many" });
  }
  return { service: serviceName(name), tables };
}

/** The services that have tables, in order. */
export const serviceNames = (): readonly string[] =>
  Object.keys(bundledServices()).map(serviceName).toSorted();

const typeName = /^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}(::MODULE)?$/;

/** Tells whether this is how AWS writes a type, whether or not there is one. */
export const isTypeName = (name: string): boolean => typeName.test(name);

/** What a name of a table stands for: `aws.sqs.queues`, or `AWS::SQS::Queue`; undefined where there is no such table. */
export function liveOf(name: string): LiveName | undefined {
  if (isTypeName(name)) return { type: name, access: "either", spelling: "aws" };
  const [, service = "", resource = ""] = name.split(".");
  return tablesOf(service)?.tables.get(resource);
}

/** The name of a table that was probably meant. */
export function nearestTable(name: string): string | undefined {
  const [vendor, service = "", resource] = name.split(".");
  if (resource === undefined || vendor !== "aws") return nearestAnywhere(name);
  const near = tablesOf(service)?.service ?? nearest(service, serviceNames());
  const tables = near === undefined ? undefined : tablesOf(near)?.tables;
  if (!tables) return nearestAnywhere(resource);
  const found = tables.has(resource) ? resource : nearest(resource, tables.keys());
  return found === undefined ? undefined : `aws.${near}.${found}`;
}

/** The table of any service whose last part is nearest to this. */
function nearestAnywhere(name: string): string | undefined {
  const all = new Map<string, string>();
  for (const [service, types] of Object.entries(bundledServices())) {
    for (const table of tablesFor(service, types).tables.keys())
      if (!all.has(table)) all.set(table, `aws.${serviceName(service)}.${table}`);
  }
  const near = nearest(name.split(".").at(-1) ?? name, all.keys());
  return near === undefined ? undefined : all.get(near);
}
