import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

// What every thread of this process sees, whichever has begun first: workers inherit environment data, and the memory
// behind it is one. https://nodejs.org/api/worker_threads.html#worker_threadssetenvironmentdatakey-value
const key = "await-aws.runs";

/** Places in the shared memory. */
const underWay = 0;
const hosted = 1;

function marks(): Int32Array {
  const found = getEnvironmentData(key);
  if (found instanceof Int32Array) return found;
  const made = new Int32Array(new SharedArrayBuffer(8));
  setEnvironmentData(key, made);
  return made;
}

/** Counts a run that wraps its program as under way, in every thread, until what is returned is called. */
export function countRun(): () => void {
  Atomics.add(marks(), underWay, 1);
  return () => void Atomics.sub(marks(), underWay, 1);
}

/** How many such runs are under way in this process, whichever thread they are of. */
export const runsUnderWay = (): number => Atomics.load(marks(), underWay);

/** Says in every thread whether the command line runs a script in this process. */
export const markHosted = (isHosted: boolean): void => void Atomics.store(marks(), hosted, isHosted ? 1 : 0);

/** Whether it does. */
export const isProcessHosted = (): boolean => Atomics.load(marks(), hosted) === 1;
