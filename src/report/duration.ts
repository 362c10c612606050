/** A short time to the tenth of a second, e.g. `2.1 s`; from a minute on in minutes, e.g. `2 min 5 s`. */
export const duration = (ms: number): string =>
  ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : wholeSeconds(ms);

/** A time that is watched as it passes, e.g. `41 s`, `2 min 5 s`, `1 h 3 min`. */
export function wholeSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? joinUnits(minutes, "min", seconds % 60, "s")
    : joinUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

const joinUnits = (many: number, unit: string, rest: number, smaller: string): string =>
  rest === 0 ? `${many} ${unit}` : `${many} ${unit} ${rest} ${smaller}`;
