// The emulator in a process of its own, so that its time is not the client's: `emulator-process.ts <ms of an operation>
// <ms of a request of S3>`. Prints its URL, and at the end of its stdin how many requests of S3 came; it has a bucket.
import { startEmulator } from "../../src/emulator/index.ts";

const [operationMs = 300, delayMs = 0] = process.argv.slice(2).map(Number);
const emulator = await startEmulator({
  operationMs,
  faults: ({ api }) => (delayMs > 0 && api.startsWith("s3:") ? { delayMs } : undefined),
});
emulator.put("AWS::S3::Bucket", { BucketName: "bench-state" });
process.stdout.write(`${emulator.url}\n`);
process.stdin.resume().once("end", () => {
  process.stdout.write(`${emulator.calls.filter(({ api }) => api.startsWith("s3:")).length}\n`);
  process.exit();
});
