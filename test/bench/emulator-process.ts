// The emulator in a process of its own, so that its time is not the client's: prints its URL, ends with its stdin.
import { startEmulator } from "../../src/emulator/index.ts";

const emulator = await startEmulator({ operationMs: Number(process.argv[2] ?? 300) });
process.stdout.write(`${emulator.url}\n`);
process.stdin.resume().once("end", () => process.exit());
