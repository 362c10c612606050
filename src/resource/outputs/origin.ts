import { type Json, type Props, isProps } from "../../json.ts";

const brand: unique symbol = Symbol.for("await-aws.resource");

/** Whose outputs an object is. */
export interface Origin {
  readonly id: string;
  readonly type: string;
}

/**
 * What a call resolves with: the desired properties overlaid with the live ones. `identifier` is there too, but not
 * enumerable, so that `{...api}` holds properties only.
 */
export function outputsOf(origin: Origin, identifier: string, desired: Props, live: Props): Props {
  const outputs = overlay(desired, live);
  Object.defineProperty(outputs, "identifier", { value: identifier });
  Object.defineProperty(outputs, brand, { value: origin });
  return outputs;
}

/** Whose outputs these are, or undefined for any other object. */
export function originOf(value: object): Origin | undefined {
  return brand in value ? (value[brand] as Origin) : undefined;
}

/** Objects member by member, anything else as live has it; what only desired has (write-only values) stays. */
function overlay(desired: Props, live: Props): Props {
  // A spread defines members, so that a key called __proto__ is data like any other, and stays so when it is set.
  const outputs: Record<string, Json> = { ...desired, ...live };
  for (const [name, wanted] of Object.entries(desired)) {
    const shown = isProps(wanted) ? outputs[name] : wanted;
    if (shown !== wanted && isProps(wanted) && isProps(shown)) outputs[name] = overlay(wanted, shown);
  }
  return outputs;
}
