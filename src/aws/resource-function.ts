import { installDefaultApp } from "../app/app.ts";
import type { Props } from "../json.ts";
import type { CallOptions, ResourceOptions } from "../resource/call/options.ts";
import { type DirectOptions, remove, update } from "../resource/direct/write.ts";
import { type Permissions, permissions } from "../resource/direct/permissions.ts";
import { find, get, list } from "../resource/direct/read.ts";
import { type RecordedOptions, readRecorded } from "../resource/direct/recorded.ts";
import { declare } from "../resource/resource.ts";

/** An identifier as text (`a|b|c`) or by its parts, named as the type's properties are; `Optional` ones may be absent. */
export type Identifier<Part extends string, Optional extends string = never> =
  | string
  | ({ readonly [K in Part]: string | number } & { readonly [K in Optional]?: string | number | undefined });

/**
 * What stands for one AWS type: call it to declare a resource, or read what exists. `P` are its properties, `O`
 * its outputs, `Part` the names of its identifier's parts and
 * `Optional` those that it may lack.
 */
export interface ResourceFunction<P, O, Part extends string = string, Optional extends string = never> {
  /**
   * Makes the resource as described and resolves with it. `id` is your own name for it within the app; it starts
   * at once, whether or not it is awaited.
   */
  (id: string, props: P & ResourceOptions): Promise<O>;
  /** The name of the type, e.g. `AWS::S3::Bucket`. */
  readonly type: string;
  /** Reads the resource with this identifier, or this resource anew; fails with NOT_FOUND when there is none. */
  get(identifier: Identifier<Part, Optional>, options?: CallOptions): Promise<O>;
  /**
   * Finds the resource with these properties; undefined when there is none, AMBIGUOUS when there are several. Where the
   * type is listed below parents (e.g. `{ ApiId }`), they are among the properties.
   */
  find(key: Partial<P>, options?: CallOptions): Promise<O | undefined>;
  /** Lists what exists, below `parents` where the type needs some (e.g. `{ ApiId }`). */
  list(parents?: Partial<P>, options?: CallOptions): AsyncIterable<O>;
  /**
   * Tells what an app has recorded under an id, from the store alone: AWS is not asked, and nothing is declared. App,
   * stage and store are the run's own unless told. In a plan of both apps it is what the other plan makes of it; a
   * secret is absent. Fails with NOT_FOUND when nothing is recorded, with VALIDATION when it is of another type.
   */
  recorded(id: string, options?: RecordedOptions): Promise<O>;
  /**
   * Gives an existing resource these properties and leaves its others as they are; resolves with it. Nothing is
   * recorded, so a later run knows nothing of it.
   */
  update(identifier: Identifier<Part, Optional>, props: Partial<P>, options?: DirectOptions): Promise<O>;
  /** Deletes a resource and resolves once it is gone; one that is not there is gone. Whatever has recorded it, still has. */
  delete(identifier: Identifier<Part, Optional>, options?: DirectOptions): Promise<void>;
  /** Tells the IAM actions that each handler of the type uses, e.g. `{ read: ["apigateway:GET"] }`. */
  permissions(options?: CallOptions): Promise<Permissions>;
}

/** Makes the function that stands for a type; the types of properties and outputs are the caller's promise. */
export function resourceFunction<P, O, Part extends string, Optional extends string = never>(
  type: string,
): ResourceFunction<P, O, Part, Optional>;
export function resourceFunction(type: string): object {
  const call = (id: string, props: unknown): Promise<Props> => {
    installDefaultApp();
    return declare(type, id, props);
  };
  // Users see the name in stack traces and when they print the function.
  Object.defineProperty(call, "name", { value: type });
  return Object.assign(call, { type, ...methods(type) });
}

// A plain script may begin with any of them, so each gives it its app.
function methods(type: string): object {
  return {
    get(identifier: string | Props, options?: CallOptions): Promise<Props> {
      installDefaultApp();
      return get(type, identifier, options);
    },
    find(key: Props, options?: CallOptions): Promise<Props | undefined> {
      installDefaultApp();
      return find(type, key, options);
    },
    list(parents?: Props, options?: CallOptions): AsyncIterable<Props> {
      installDefaultApp();
      return list(type, parents, options);
    },
    recorded(id: string, options?: RecordedOptions): Promise<Props> {
      installDefaultApp();
      return readRecorded(type, id, options);
    },
    update(identifier: string | Props, props: Props, options?: DirectOptions): Promise<Props> {
      installDefaultApp();
      return update(type, identifier, props, options);
    },
    delete(identifier: string | Props, options?: DirectOptions): Promise<void> {
      installDefaultApp();
      return remove(type, identifier, options);
    },
    permissions(options?: CallOptions): Promise<Permissions> {
      installDefaultApp();
      return permissions(type, options);
    },
  };
}
