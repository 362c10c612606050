import type { Resource } from "@aws-cdk/service-spec-types";

/** The service part of a type name: `S3` of `AWS::S3::Bucket`. */
export function serviceOf({ cloudFormationType }: Resource): string {
  return cloudFormationType.split("::")[1] ?? cloudFormationType;
}

/** Groups resources by service; the order of both is kept. */
export function byService(resources: readonly Resource[]): Map<string, Resource[]> {
  const services = new Map<string, Resource[]>();
  for (const resource of resources) {
    const service = serviceOf(resource);
    services.set(service, [...(services.get(service) ?? []), resource]);
  }
  return services;
}
