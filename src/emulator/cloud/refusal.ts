const cloudControl = "com.amazon.cloudapiservice";

/** A synchronous exception, as thrown before an operation starts. `type` is the full `__type`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly type: string;
  /** The wire says 400 for nearly every exception, whatever the model says. */
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** An exception that Cloud Control itself declares, e.g. `NotUpdatableException`. */
export const serviceRefusal = (shape: string, message: string): Refusal =>
  new Refusal(`${cloudControl}#${shape}`, message);

/** The ValidationException of the framework: absent from the model, frequent on the wire. */
export const invalid = (message: string): Refusal =>
  new Refusal("com.amazon.coral.validate#ValidationException", message);

/** The body is no JSON, or a member has another type than the model says. */
export const unreadable = (message: string): Refusal =>
  new Refusal("com.amazon.coral.service#SerializationException", message);

/** Too many requests. */
export const throttlingRefusal = (): Refusal =>
  new Refusal("com.amazon.coral.availability#ThrottlingException", "Rate exceeded");

/** Why the asynchronous part of an operation failed: it becomes a FAILED event. */
export interface HandlerFailure {
  /** A HandlerErrorCode, e.g. `AlreadyExists`. */
  readonly code: string;
  readonly message: string;
  /** Present where the event names a resource. */
  readonly identifier?: string;
}
