import type { Resource } from "@aws-cdk/service-spec-types";
import { noteOf } from "../services/notes.ts";
import { factsFrom } from "./facts.ts";
import type { Files } from "./files.ts";
import { searchWith } from "./places.ts";
import { referencesAmong } from "./references.ts";
import { byService } from "./service.ts";
import type { Spec } from "./spec.ts";

/** The facts of every type, one compact JSON file a service, and the table of names. */
export function factsFiles({ resources, reach }: Spec): Files {
  const references = referencesAmong(resources);
  const search = searchWith(reach);
  const files: Files = new Map([["names.ts", namesModule(resources)]]);
  for (const [service, members] of byService(resources)) {
    const facts = members.map((resource) => {
      const type = resource.cloudFormationType;
      const sources = { reach, references, places: search(resource), note: noteOf(type) };
      return [type, factsFrom(resource, sources)] as const;
    });
    files.set(`facts/${service}.json`, `${JSON.stringify(Object.fromEntries(facts))}\n`);
  }
  return files;
}

function namesModule(resources: readonly Resource[]): string {
  const lines = [...byService(resources)].map(
    ([service, members]) => `  ${service}: "${members.map(({ name }) => name).join(" ")}",\n`,
  );
  return `/** The names of every type by service, parted by spaces. */
export const names: Readonly<Record<string, string>> = {
${lines.join("")}};
`;
}
