import { AWS } from "./aws/namespace.ts";

export { app } from "./app/app.ts";
export type { App, AppOptions } from "./app/app.ts";
export { caller } from "./app/caller.ts";
export type { Caller } from "./app/caller.ts";
export { reconcile } from "./app/reconcile.ts";
export type { ReconcileOptions } from "./app/reconcile.ts";
export type { RunOptions } from "./app/options/run-options.ts";
export { CloudControlResource } from "./aws/cloud-control-resource.ts";
export type { AnyResource, DeclareAny } from "./aws/cloud-control-resource.ts";
export type { ResourceFunction } from "./aws/resource-function.ts";
export { ResourceError, UsageError, isResourceError, isUsageError } from "./errors.ts";
export type { Circumstances, Code, Kind } from "./errors.ts";
export type {
  Because,
  Change,
  Event,
  Failure,
  Listener,
  Move,
  PatchOperation,
  ShownOperation,
  Phase,
  Rename,
  Report,
} from "./events.ts";
export type { Json, Pointer, Props } from "./json.ts";
export type { AdoptOptions, CallOptions, ResourceOptions } from "./resource/call/options.ts";
export type { RecordedOptions } from "./resource/direct/recorded.ts";
export { secret } from "./resource/secrets/secret.ts";
export { deploymentTrigger } from "./resource/outputs/deployment-trigger.ts";
export type { Check, CheckedChange } from "./scope/check.ts";
export { scope } from "./scope/group.ts";
export { AWS };

// The one default export: `import AWS from "await-aws"` is the face of the library.
export default AWS;
