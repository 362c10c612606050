// `npm run bench:s3`: a thousand creates with state in S3, at 20 ms a request, beside the same on files, in turns in the
// same minutes on the same machine. Prints both, and how many requests of S3 a run makes.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

const [count = 1000, rounds = 3] = process.argv.slice(2).map(Number);
const run = promisify(execFile);
const tsx = ["--no-warnings", "--import", "tsx"];
const fileOf = (name: string): string => join(import.meta.dirname, name);
const credentials = { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" };
const env = { ...process.env, ...credentials, AWAIT_AWS_LOG: "silent" };

interface Taken {
  readonly ms: number;
  readonly requests: number;
}

/** Each run meets a cloud of its own, that holds nothing yet. */
async function take(kind: "file" | "s3"): Promise<Taken> {
  const given = [...tsx, fileOf("emulator-process.ts"), "300", "20"];
  const emulator = spawn(process.execPath, given, { stdio: ["pipe", "pipe", "inherit"], env });
  const [url] = (await once(emulator.stdout, "data")) as [Buffer];
  const way = [fileOf("size-of-run.ts"), url.toString().trim(), kind, String(count), "create"];
  const { stdout } = await run(process.execPath, [...tsx, ...way], { env, maxBuffer: 2 ** 26 });
  emulator.stdin.end();
  const requests = Number((await text(emulator.stdout)).trim());
  const [taken] = JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as { readonly ms: number }[];
  return { ms: taken?.ms ?? NaN, requests };
}

const best = (all: readonly Taken[]): number => Math.min(...all.map(({ ms }) => ms));
const [files, s3]: Taken[][] = [[], []];
for (let round = 0; round < rounds; round++) {
  files?.push(await take("file"));
  s3?.push(await take("s3"));
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(
  `${count} creates, best of ${rounds}: files ${Math.round(best(files ?? []))} ms, S3 ${Math.round(best(s3 ?? []))} ms`,
);
say(`S3 over files: ${(best(s3 ?? []) / best(files ?? [])).toFixed(2)} (at most 1.15)`);
say(`requests of S3 a run: ${(s3 ?? []).map(({ requests }) => requests).join(", ")} (at most 100)`);
