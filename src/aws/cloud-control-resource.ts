import { installDefaultApp } from "../app/app.ts";
import type { Props } from "../json.ts";
import type { ResourceOptions } from "../resource/call/options.ts";
import { declare } from "../resource/resource.ts";
import type { Identified } from "./values.ts";

/** A resource of any type that Cloud Control serves, third-party and private ones included. */
export interface AnyResource extends ResourceOptions {
  /** e.g. `Acme::Monitor::Probe`. */
  readonly TypeName: string;
  /** The properties, named as in the type's schema. */
  readonly DesiredState: Props;
}

/** Declares a resource whose type has no function of its own here; outputs are untyped JSON. */
export function CloudControlResource(id: string, resource: AnyResource): Promise<Props & Identified>;
export function CloudControlResource(id: string, resource: AnyResource): Promise<object> {
  installDefaultApp();
  const { TypeName, DesiredState, ...options } = resource;
  return declare(TypeName, id, options, DesiredState);
}
