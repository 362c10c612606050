import type { Json, Pointer, Props } from "../json.ts";

/** The JSON types a property may have; `json` is an object or its text, `any` is not checked. */
export type Shape =
  | "string"
  | "boolean"
  | "integer"
  | "number"
  | "json"
  | "any"
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly ref: string }
  | { readonly oneOf: readonly Shape[] };

/** The members of an object: what it may hold and what it must. */
export interface Members {
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** The values that text members take, by name, where they are told. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** What a schema asks of a value beside its type. */
export interface Limit {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly values?: readonly Json[];
  /** One of several, of which one is enough. */
  readonly isAlternative?: true;
}

/** What a read shows and an update may not say, unless the script does. */
export interface Echo {
  readonly at: Pointer;
  /** Only this value; without it, any. */
  readonly value?: Json;
  /** Only where this place holds true. */
  readonly when?: Pointer;
}

/** Where a type keeps its tags: an array of {Key, Value} (`key` names the key member) or a map. */
export interface TagFacts {
  readonly path: Pointer;
  readonly shape: "array" | "map";
  readonly key?: string;
  /** False where they are given when the resource is made, and never again. */
  readonly updatable?: boolean;
  /** Where lists of tags stand by kind of resource: the kind that is the resource itself, e.g. `launch-template`. */
  readonly resourceType?: string;
  /** What a tag must say beside its key and value. */
  readonly beside?: Props;
}

/** A property that names another resource, e.g. `/ApiId` takes the `ApiId` of an `AWS::ApiGatewayV2::Api`. */
export interface Reference {
  readonly type: string;
  readonly property: string;
}

/**
 * What is known of a type. Every field is optional: what is absent is unknown, not empty.
 * Pointers lack the registry's `/properties` prefix; `*` stands for every array item and map value.
 */
export interface Facts {
  readonly type?: string;
  /** In Cloud Control's order: the values joined with `|` are the identifier. */
  readonly primaryIdentifier?: readonly Pointer[];
  /** Parts at the end of the identifier that a resource may lack, and which its identifier is then shorter by. */
  readonly optionalIdentifier?: readonly Pointer[];
  /** The property that the user may choose and of which AWS makes the identifier, e.g. the name within an ARN. */
  readonly namedBy?: string;
  /** Another property that may say a part of the identifier, by the part's pointer: a zone's name in place of its id. */
  readonly identifierAliases?: Readonly<Record<Pointer, Pointer>>;
  readonly readOnly?: readonly Pointer[];
  readonly writeOnly?: readonly Pointer[];
  readonly createOnly?: readonly Pointer[];
  readonly conditionalCreateOnly?: readonly Pointer[];
  /** What is create-only here was read in documentation alone: a change is tried in place before it replaces anything. */
  readonly documented?: boolean;
  /** Values that make something (restore, clone, generate): unchanged ones are never sent again. */
  readonly onlyAtCreation?: readonly Pointer[];
  /** Values that AWS itself moves, e.g. by scaling: while the script leaves them unchanged, they stay as they are. */
  readonly movedByAws?: readonly Pointer[];
  /** Text of which the service keeps no case. */
  readonly caseless?: readonly Pointer[];
  readonly deprecated?: readonly Pointer[];
  readonly required?: readonly Pointer[];
  /** Arrays whose order has no meaning. */
  readonly unordered?: readonly Pointer[];
  readonly tags?: TagFacts;
  /** `create`, `read`, `update`, `delete`, `list`: those the type has. */
  readonly handlers?: readonly string[];
  /** Names of the properties without which ListResources is refused. */
  readonly listRequires?: readonly string[];
  /** Sets of such names, of which ListResources takes one. */
  readonly listAlternatives?: readonly (readonly string[])[];
  /** The IAM actions that each handler uses, e.g. `{ read: ["apigateway:GET"] }`. */
  readonly permissions?: Readonly<Record<string, readonly string[]>>;
  readonly replacementStrategy?: "create_then_delete" | "delete_then_create";
  /** JSONata per pointer: the value that the service will read back for what was sent. */
  readonly propertyTransform?: Readonly<Record<Pointer, string>>;
  /** Places where text holding JSON equals the object it holds. */
  readonly jsonDocuments?: readonly Pointer[];
  /** Places that take JSON as text alone, of which white space and the order of keys mean nothing. */
  readonly jsonTexts?: readonly Pointer[];
  /** JSON types allowed at a pointer, where more than one is. */
  readonly types?: Readonly<Record<Pointer, readonly string[]>>;
  /** Places where an empty array or object in live makes the service refuse any patch. */
  readonly invalidWhenEmpty?: readonly Pointer[];
  /** Groups of pointers of which live may show several but a patch may keep only one. */
  readonly exclusive?: readonly (readonly Pointer[])[];
  /** What values at a place have to be like. */
  readonly limits?: Readonly<Record<Pointer, readonly Limit[]>>;
  /** What reads show and the service itself refuses. */
  readonly echoes?: readonly Echo[];
  /** Members that no object may have together, at any depth, of which reads may show both: the first is kept. */
  readonly pairs?: readonly (readonly [string, string])[];
  readonly additionalIdentifiers?: readonly (readonly Pointer[])[];
  /** Losing one loses data: never replaced unasked. */
  readonly stateful?: boolean;
  readonly references?: Readonly<Record<Pointer, readonly Reference[]>>;
  /** What the service takes for top-level properties that are not given, where its documentation tells. */
  readonly defaults?: Readonly<Record<string, Json>>;
  /** The members of the type itself, for validation; absent where unknown (third-party types). */
  readonly members?: Members;
  /** Shapes of what AWS alone sets and `members` does not have; text where none is told. */
  readonly attributes?: Readonly<Record<Pointer, Shape>>;
  /** The members of its nested definitions, by name. */
  readonly definitions?: Readonly<Record<string, Members>>;
}
