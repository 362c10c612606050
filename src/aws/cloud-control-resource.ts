import { installDefaultApp } from "../app/app.ts";
import type { Props } from "../json.ts";
import type { ResourceOptions } from "../resource/call/options.ts";
import { type RecordedOptions, readRecorded } from "../resource/direct/recorded.ts";
import { declare } from "../resource/resource.ts";
import type { Identified } from "./values.ts";

/** A resource of any type that Cloud Control serves, third-party and private ones included. */
export interface AnyResource extends ResourceOptions {
  /** e.g. `Acme::Monitor::Probe`. */
  readonly TypeName: string;
  /** The properties, named as in the type's schema. */
  readonly DesiredState: Props;
}

/** Declares resources of any type; see CloudControlResource. */
export interface DeclareAny {
  (id: string, resource: AnyResource): Promise<Props & Identified>;
  /** What an app has recorded under an id, of whatever type, or of the one that is told; see ResourceFunction.recorded. */
  recorded(
    id: string,
    options?: RecordedOptions & { readonly TypeName?: string | undefined },
  ): Promise<Props & Identified>;
}

/** Declares a resource whose type has no function of its own here; outputs are untyped JSON. */
export const CloudControlResource: DeclareAny = makeDeclareAny();

// That outputs bear their identifier is the types' promise.
function makeDeclareAny(): DeclareAny;
function makeDeclareAny(): object {
  const call = (id: string, resource: AnyResource): Promise<Props> => {
    installDefaultApp();
    const { TypeName, DesiredState, ...options } = resource;
    return declare(TypeName, id, options, DesiredState);
  };
  Object.defineProperty(call, "name", { value: "CloudControlResource" });
  return Object.assign(call, {
    recorded(
      id: string,
      { TypeName, ...options }: RecordedOptions & { readonly TypeName?: string } = {},
    ): Promise<Props> {
      installDefaultApp();
      return readRecorded(TypeName, id, options);
    },
  });
}
