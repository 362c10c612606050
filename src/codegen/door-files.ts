import { type Catalogue, doorText } from "./door.ts";
import type { Files } from "./files.ts";
import { searchWith } from "./places.ts";
import { referencesAmong } from "./references.ts";
import { byService } from "./service.ts";
import type { Spec } from "./spec.ts";

/** One module a service, and the module that names them all. */
export function doorFiles({ resources, reach }: Spec): Files {
  const services = byService(resources);
  const catalogue = { reach, ...referring({ resources, reach }) };
  const files: Files = new Map([["index.ts", indexText([...services.keys()])]]);
  for (const [service, members] of services) {
    files.set(`services/${service}.ts`, doorText(members, catalogue));
  }
  return files;
}

/** Says who refers to what, and what is referred to. */
function referring({ resources, reach }: Spec): Pick<Catalogue, "references" | "isTarget"> {
  const references = referencesAmong(resources);
  const search = searchWith(reach);
  const targets = new Set(
    resources
      .flatMap((resource) => search(resource))
      .flatMap(({ property }) => references(property))
      .map(({ type, property }) => `${type} ${property}`),
  );
  return { references, isTarget: (type, property) => targets.has(`${type} ${property}`) };
}

function indexText(services: readonly string[]): string {
  return services.map((service) => `export * as ${service} from "./services/${service}.ts";\n`).join("");
}
