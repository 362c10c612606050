import { ResourceError } from "../../errors.ts";
import {
  type Pointer,
  type Props,
  expand,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
  valueAt,
} from "../../json.ts";
import type { Check, Choice, Distinct, Note } from "../../services/note.ts";
import { isUnknown } from "../outputs/placeholders.ts";

/** What a service would find wrong with properties that fit the schema. */
interface Finding {
  readonly path: Pointer;
  readonly message: string;
  readonly severity: Check["severity"];
}

/**
 * Holds properties against what the note knows its service to refuse late: throws one `VALIDATION` of all that is
 * certain, and tells what only might be.
 */
export function checkProperties(
  note: Note | undefined,
  desired: Props,
  told: (message: string) => void,
): void {
  if (!note) return;
  const found = [
    ...(note.checks ?? []).flatMap((one) => misfits(one, desired)),
    ...(note.distinct ?? []).flatMap((one) => findRepeated(one, desired)),
    ...(note.choices ?? []).flatMap((one) => findMischoice(one, desired)),
  ];
  for (const { path, message, severity } of found) if (severity === "warning") told(`${path}: ${message}`);
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const what = errors.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new ResourceError("VALIDATION", what, { paths: errors.map(({ path }) => path) });
}

function misfits({ at, isKey, form, takes, severity }: Check, desired: Props): Finding[] {
  const whole = new RegExp(`^(?:${form})$`, "s");
  return expand(desired, at).flatMap((path) => {
    const value = isKey ? segmentsOf(path).at(-1) : valueAt(desired, path);
    if (typeof value !== "string" || isUnknown(value) || whole.test(value)) return [];
    return [{ path, message: `takes ${takes}; given was ${JSON.stringify(value)}`, severity }];
  });
}

function findMischoice({ of, least, most = 1, needs }: Choice, desired: Props): Finding[] {
  const made = of.filter((name) => desired[name] !== undefined);
  const [first, second] = made;
  if (second !== undefined && made.length > most)
    return [atName(second, `goes without ${first}: a resource has one of ${of.join(", ")}`)];
  if (made.length < least)
    return [atName(of[0] ?? "", `is missing, or ${of.slice(1).join(", ")} in its place`)];
  const isLacking = first !== undefined && needs !== undefined && desired[needs] === undefined;
  return isLacking ? [atName(needs, `is needed beside ${first}`)] : [];
}

const atName = (name: string, message: string): Finding => ({
  path: pointerOf([name]),
  message,
  severity: "error",
});

function findRepeated({ at, by, absent }: Distinct, desired: Props): Finding[] {
  const items = valueAt(desired, at);
  const values = (isList(items) ? items : []).map((item) => {
    const value = isProps(item) ? item[by] : undefined;
    return typeof value === "string" && absent.includes(value) ? undefined : value;
  });
  return values.flatMap((value, i) =>
    values.indexOf(value) === i ? [] : [repetition(`${at}/${i}/${by}`, value === undefined)],
  );
}

const repetition = (path: Pointer, isDefault: boolean): Finding => ({
  path,
  message: isDefault ? "only one may go without, which makes it the default" : "another has the same",
  severity: "error",
});
