import { type Json, type Props, isList, isProps } from "../../json.ts";
import { mask } from "./secret.ts";

/** The members in which no mask stands; a list in which one does is absent as a whole. */
export const withoutMasks = (props: Props): Props =>
  Object.fromEntries(
    Object.entries(props).flatMap(([name, value]): (readonly [string, Json])[] => {
      if (isProps(value)) return [[name, withoutMasks(value)]];
      return holdsMask(value) ? [] : [[name, value]];
    }),
  );

function holdsMask(value: Json): boolean {
  if (typeof value === "string") return value.includes(mask);
  if (isList(value)) return value.some(holdsMask);
  return isProps(value) && Object.entries(value).some(([name, one]) => name.includes(mask) || holdsMask(one));
}
