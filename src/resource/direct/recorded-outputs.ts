import type { Entry } from "../../entry.ts";
import {
  type Pointer,
  type Props,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import { outputsOf } from "../outputs/origin.ts";
import { mask } from "../secrets/secret.ts";
import { withoutMasks } from "../secrets/without-masks.ts";

/** An entry's outputs as it tells them: what was asked and what was there after the last write, masks and all. */
export function shownOutputs({ type, identifier = "", desired, digests, live }: Entry): Props {
  const outputs = outputsOf({ id: identifier, type }, identifier, desired, live);
  return Object.keys(digests).reduce<Props>(maskAt, outputs);
}

/** The same as a program may go on with it: what is masked is absent, for nobody means to pass a mask on. */
export function recordedOutputs(entry: Entry): Props {
  const { type, identifier = "", desired, digests, live } = entry;
  const asked = Object.keys(digests).reduce<Props>(withoutListAt, desired);
  return outputsOf({ id: identifier, type }, identifier, withoutMasks(asked), withoutMasks(live));
}

/** The properties without the list that holds a place, if one does: what is left of its item is none. */
function withoutListAt(props: Props, pointer: Pointer): Props {
  const segments = segmentsOf(pointer);
  for (let end = 1; end < segments.length; end += 1) {
    const at = pointerOf(segments.slice(0, end));
    const left = isList(valueAt(props, at)) && withValueAt(props, at, undefined);
    if (isProps(left)) return left;
  }
  return props;
}

function maskAt(props: Props, pointer: Pointer): Props {
  const left = withValueAt(props, pointer, mask);
  return isProps(left) ? left : props;
}
