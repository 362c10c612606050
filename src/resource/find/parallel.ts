/** How many resources are read at a time; how many requests a service bears is the wire's affair. */
export const readsAtATime = 20;

/**
 * Works on items as they come, so many at a time, and gives the results in the order of the items. It takes no more
 * items than it has room for, so that a consumer who stops early leaves the rest unasked.
 */
export async function* inParallel<T, R>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // One that fails before its turn is thrown in its turn.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= width) yield* inTurn(underWay.splice(0, 1));
  }
  yield* inTurn(underWay);
}

async function* inTurn<R>(results: readonly Promise<R>[]): AsyncGenerator<R> {
  for (const result of results) yield await result;
}
