import { UsageError } from "../../errors.ts";
import { createHash } from "node:crypto";
import { type Props, canonical, isProps, segmentsOf } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { originOf } from "./origin.ts";
import { unknownNames } from "./planned-outputs.ts";
import { unknownIn } from "./placeholders.ts";

/**
 * A short digest of what matters for a deployment of these resources: it changes when one of them does, in whatever
 * order they are passed, and stays otherwise. What AWS alone sets and tags do not count. Put it into the id of the
 * deployment: another digest is then another deployment, and the old one goes once its stage has moved on.
 * @example
 * const release = await AWS.ApiGateway.Deployment(`release-${deploymentTrigger(method, reply)}`, { RestApiId: api });
 */
export function deploymentTrigger(...resources: readonly object[]): string {
  const all = resources.map(essenceOf).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  // What is known only after apply has no digest yet.
  const isOpen = all.some(({ props }) => unknownIn(props).length > 0);
  if (isOpen || resources.some(isYetToBe)) return "⟨deploymentTrigger⟩";
  return createHash("sha256").update(canonical(all)).digest("hex").slice(0, 12);
}

/** What AWS fills in counts too, and is not told of a resource that is yet to be made. */
const isYetToBe = (resource: object): boolean => isProps(resource) && unknownNames(resource).length > 0;

/** What counts of one resource. */
type Essence = Props & { readonly id: string; readonly type: string; readonly props: Props };

function essenceOf(resource: object): Essence {
  const origin = originOf(resource);
  if (!origin || !isProps(resource)) {
    throw new UsageError("deploymentTrigger takes resources: what their calls resolve with");
  }
  const { id, type } = origin;
  const facts = bundledFacts(type) ?? {};
  const pointers = [...(facts.readOnly ?? []), ...(facts.tags ? [facts.tags.path] : [])];
  const dropped = new Set(
    pointers
      .map(segmentsOf)
      .filter(({ length }) => length === 1)
      .flat(),
  );
  const props = Object.fromEntries(Object.entries(resource).filter(([name]) => !dropped.has(name)));
  return { id, type, props };
}
