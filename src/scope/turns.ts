/** One of those that a run works on at a time. */
export interface Turn {
  /** Lets the next one through; a second time nothing. */
  end(): void;
}

/** Lets so many through at a time as the requests in flight can serve, first those on which most hangs. */
export interface Turns {
  /** Whether whoever comes now has to wait. */
  readonly isFull: boolean;
  /** Resolves when it is this one's turn. Where it has to wait, `rankOf` says how much hangs on it: the higher goes first. */
  take(rankOf: () => number): Promise<Turn>;
}
