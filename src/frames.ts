/** Where this package's own code lies, built or not, as stacks name it: by URL or by path. */
const [, root = ""] = /^(.*\/)(?:src|dist)\//.exec(import.meta.url) ?? [];
const own = ["src/", "dist/"].flatMap((folder) => {
  const { href, pathname } = new URL(folder, root);
  return [href, decodeURIComponent(pathname)];
});

/** The lines of a stack that name a place in a file or in Node, the innermost first. */
export const framesOf = (stack: string): readonly string[] =>
  stack.split("\n").filter((line) => /^ +at .*[/\\:].*:\d+:\d+\)?$/.test(line));

/** Tells whether a frame is of this package. */
export const isOwnFrame = (frame: string): boolean => own.some((root) => frame.includes(root));

/** Tells whether a frame is of a script: neither of this package, nor of another one, nor of Node. */
export const isScriptFrame = (frame: string): boolean =>
  !isOwnFrame(frame) && !/node_modules[/\\]|\(?node:|^ +at (async )?(new )?\S+ \(<anonymous>\)/.test(frame);

/**
 * The place in a script that a stack comes from, e.g. `deploy.ts:12:7`: relative to the folder where it lies below it.
 * Undefined where no script stands in it.
 */
export function siteIn(stack: string | undefined, folder: string): string | undefined {
  const frame = framesOf(stack ?? "").find(isScriptFrame);
  const [, place, line, column] =
    /\(?((?:file:|\/|[A-Za-z]:[/\\])[^()]*):(\d+):(\d+)\)?$/.exec(frame ?? "") ?? [];
  if (place === undefined) return undefined;
  const path = place.startsWith("file:")
    ? decodeURIComponent(new URL(place).pathname)
    : place.replace(/\?.*$/, "");
  const below = folder.endsWith("/") ? folder : `${folder}/`;
  return `${path.startsWith(below) ? path.slice(below.length) : path}:${line}:${column}`;
}
