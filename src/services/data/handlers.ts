/** The handlers of a type that Cloud Control cannot update: every change replaces the resource. */
export const noUpdate: readonly string[] = ["create", "read", "delete", "list"];

/** The handlers of a type that Cloud Control cannot list. */
export const noList: readonly string[] = ["create", "read", "update", "delete"];
