import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Entry } from "../../src/entry.ts";
import { jsonFileStore } from "../../src/state/index.ts";

/** Characters that steer a terminal or show another text than there is, each with what it is. */
const unruly: readonly (readonly [what: string, character: string])[] = [
  ["escape", "\u001b"],
  ["a control sequence's start in one character", "\u009b"],
  ["right-to-left override", "\u202e"],
  ["an isolate", "\u2066"],
  ["a line separator", "\u2028"],
  ["a byte order mark", "\ufeff"],
  ["delete", "\u007f"],
];

test.each(unruly)(
  "an entry with %s stands escaped on the disk and is read back as it was",
  async (_, character) => {
    const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const state = await jsonFileStore(folder).open("shop", "dev");
    const text = `a${character}b`;
    const entry: Entry = {
      version: 1,
      id: "it",
      type: "AWS::SQS::Queue",
      home: { region: "us-east-1", partition: "aws" },
      identifier: text,
      status: "settled",
      desired: { QueueName: text, [text]: [text] },
      digests: {},
      live: { QueueName: text },
      dependencies: [],
      updatedAt: "2026-01-01T00:00:00.000Z",
    };
    await state.put(entry);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    );
    for (const file of files.filter((one) => statSync(one).isFile())) {
      expect(readFileSync(file, "utf8").includes(character)).toBe(false);
    }
    expect((await (await jsonFileStore(folder).open("shop", "dev")).entries()).get("it")).toEqual(entry);
  },
);
