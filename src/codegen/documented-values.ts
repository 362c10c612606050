/**
 * The values that a property's documentation lists plainly: `Valid values are X or Y`, `Valid values: X | Y`, or a
 * list of points below such words. Empty where the text says more than that, as prose is easily misread.
 */
export function documentedValues(documentation: string): string[] {
  const found = [...documentation.matchAll(announcement)].flatMap(({ index, 0: words }) => {
    const rest = documentation.slice(index + words.length);
    return isInPoint(documentation, index) ? [] : (listedIn(sentence.exec(rest)?.[1]) ?? points(rest));
  });
  return [...new Set(found)].filter((item) => !pattern.test(item));
}

// A range of ports or the scheme of a name stands among values that are meant word for word.
const pattern = /^(\d+-\d+$|arn:)/;

/** A point tells of one case: of the attribute, engine or mode that it begins with. */
function isInPoint(documentation: string, index: number): boolean {
  return /(^|\n)[-*] .*$/.test(documentation.slice(0, index));
}

// At the start of a sentence: "If the engine is S3, the only allowed value is `none`" tells of one case alone.
const announcement =
  /(?<=^|[.\n] *)\**(?:The )?(?:only )?(?:valid|allowed|possible|supported|accepted) (?:values?|options?)\**(?: are| is| include)? ?:? */gim;
const value = "`?[A-Za-z0-9][\\w.:/+-]*[\\w+]`?";
const sentence = new RegExp(
  `^(${value}(?:(?: *\\| *| ?, (?:and |or )?| (?:and|or) )${value})*) ?(?:$|\\.(?:\\s|$)|\\n|, with the following)`,
);

/** One value counts only as code: a bare word may be the start of a phrase. */
function listedIn(list: string | undefined): string[] | undefined {
  const values = list?.split(/ *\| *| ?, (?:and |or )?| (?:and|or) /) ?? [];
  const isPlain = values.length > 1 || values[0]?.startsWith("`") === true;
  return isPlain ? values.map((item) => item.replaceAll("`", "")) : undefined;
}

/** The code that each point of a list begins with; none unless every point does. */
function points(rest: string): string[] {
  const [list = ""] = /^(?:\n+[-*] .*)+/.exec(rest) ?? [];
  const lines = list.split(/\n+/).filter((line) => line !== "");
  const values = lines.map((line) => /^[-*] +\**`([A-Za-z0-9][\w.:/+-]*)`/.exec(line)?.[1]);
  return values.every((item) => item !== undefined) ? values : [];
}
