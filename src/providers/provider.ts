import type { CloudControl } from "../cloudcontrol/cloud-control.ts";
import type { ResourceError } from "../errors.ts";

/** A type that Cloud Control does not serve, read and written through its service's own API as if it did. */
export interface Provider {
  readonly type: string;
  /** Tells whether a request token names one of its operations. */
  readonly isOwnToken: (token: string) => boolean;
  readonly control: Pick<CloudControl, "send" | "resend" | "follow" | "read" | "readNew" | "list">;
}

/** Cloud Control with the types of providers among those it serves. */
export function withProviders(control: CloudControl, providers: readonly Provider[]): CloudControl {
  const of = (type: string): Provider["control"] =>
    providers.find((provider) => provider.type === type)?.control ?? control;
  const following = (token: string | undefined): Provider["control"] =>
    providers.find(({ isOwnToken }) => token !== undefined && isOwnToken(token))?.control ?? control;
  return {
    ...control,
    send: (write, ...how) => of(write.input.TypeName).send(write, ...how),
    resend: (write, ...how) => of(write.input.TypeName).resend(write, ...how),
    follow: (operation, watch) =>
      following(typeof operation === "string" ? operation : operation.requestToken).follow(operation, watch),
    read: (name, onPause) => of(name.TypeName).read(name, onPause),
    readNew: (name, ...more) => of(name.TypeName).readNew(name, ...more),
    list: (listing) => of(listing.TypeName).list(listing),
  };
}

/** A provider that may not be asked: each of its operations fails with this. */
export function closedProvider(type: string, refusal: ResourceError): Provider {
  const refuse = (): Promise<never> => Promise.reject(refusal);
  return {
    type,
    isOwnToken: () => false,
    control: {
      send: refuse,
      resend: refuse,
      follow: refuse,
      read: refuse,
      readNew: refuse,
      list: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
    },
  };
}
