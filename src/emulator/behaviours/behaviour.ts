import type { Json, Pointer, Props } from "../../json.ts";

/** A resource that must be there before this one can be, with the properties that name it in both. */
export interface Parent {
  readonly type: string;
  readonly keys: readonly string[];
  /** What the service says when it is missing; a template. */
  readonly missing: string;
  /** Whether deleting the parent takes this one along, leaves it as it is, or is refused with this text. */
  readonly onDelete: "cascade" | "keep" | { readonly refuse: string };
}

/** A resource that takes this one along when it is deleted, although this one can be without it. */
export interface Tie {
  readonly type: string;
  /** Property names in the other's model. */
  readonly keys: readonly string[];
  /** What this one calls a key, where the other calls it otherwise. */
  readonly as?: Readonly<Record<string, string>>;
}

/** What the service has against a write that it does not simply call invalid. */
export interface Objection {
  readonly code: "AlreadyExists" | "NotFound" | "ResourceConflict";
  readonly message: string;
}

/** The models of all resources of a type. */
export type Around = (type: string) => readonly Props[];

/** A resource that another one brings about: it is made, or changed to this where it is there already. */
export interface BroughtAlong {
  readonly type: string;
  readonly model: Props;
}

/** Properties that no two resources of the type may share. */
export interface Unique {
  readonly keys: readonly string[];
  /** What the service says when they do; a template. */
  readonly message: string;
}

/** A value that the service refuses unless it has this form. */
export interface Rule {
  readonly path: Pointer;
  readonly pattern: RegExp;
  readonly message: string;
}

/**
 * What a service does with a type beyond its facts. Texts in `defaults`, `made` and messages are templates
 * (see cloud/template.ts): `{Name}` is a property, `{region}`, `{account}`, `{lower:10}` and others are made up.
 */
export interface Behaviour {
  /** Accepted, kept and never read back. */
  readonly writeOnly?: readonly Pointer[];
  /** Read-only places that facts may not know, mostly nested ones. */
  readonly readOnly?: readonly Pointer[];
  /** Places that facts drawn from documentation call create-only although an update may change them. */
  readonly mutable?: readonly Pointer[];
  /** What the service puts where nothing was given, also after a removal. */
  readonly defaults?: Props | ((model: Props) => Props);
  /** What the service makes at creation and keeps. */
  readonly made?: Props | ((model: Props) => Props);
  readonly parents?: readonly Parent[];
  readonly ties?: readonly Tie[];
  readonly unique?: readonly Unique[];
  readonly rules?: readonly Rule[];
  /** Not create-only, yet refused asynchronously with NotUpdatable when an update changes them. */
  readonly notUpdatable?: readonly Pointer[];
  /** Identifier parts whose case the service does not keep. */
  readonly lowerCase?: readonly Pointer[];
  /** The handlers the type has, where some are missing. */
  readonly handlers?: readonly string[];
  /** What ListResources must be told in ResourceModel. */
  readonly listNeeds?: readonly string[];
  /** A property that, while true, makes the service refuse to delete, with this text. */
  readonly protection?: { readonly property: string; readonly message: string };
  /** The form in which the service keeps and reads back what it was given. */
  readonly keep?: (model: Props) => Props;
  /** Refuses a model; a text alone is an InvalidRequest. */
  readonly refuse?: (model: Props) => Objection | string | undefined;
  /** Refuses a new resource for what is around it, or is not. */
  readonly refuseNew?: (model: Props, around: Around) => Objection | string | undefined;
  /** Refuses to delete a resource for what is around it. */
  readonly refuseRemoval?: (model: Props, around: Around) => Objection | string | undefined;
  /** What a new resource brings about beside itself. */
  readonly brings?: (model: Props) => BroughtAlong | undefined;
}

/** The behaviours of one service, by type. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/** A value as it stands in a text: scalars as they are, the rest as JSON. */
export const plain = (value: Json | undefined): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

/** Applies `change` to the value of a property, if it is there. */
export function changeProperty(model: Props, name: string, change: (value: Json) => Json): Props {
  const value = model[name];
  return value === undefined ? model : { ...model, [name]: change(value) };
}
