import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";

// A real terminal, driven from outside: what stands on it is what a person sees, whatever bytes brought it there.
const script = join(import.meta.dirname, "../support/render/on-terminal.ts");
const hasTmux = ((): boolean => {
  try {
    execFileSync("tmux", ["-V"]);
    return true;
  } catch {
    return false;
  }
})();

interface Terminal {
  /** What stands on the screen, once it holds `text`; times normalised. */
  readonly showing: (text: string) => Promise<string>;
  readonly type: (keys: string) => void;
  /** Whether the cursor can be seen, once it is as expected. */
  readonly cursor: () => boolean;
}

/** Starts the script in a terminal of its own. */
function terminal(columns: number, rows: number): Terminal {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, TMUX: ____, ...env } = process.env;
  const tmux = (...words: string[]): string =>
    execFileSync("tmux", ["-S", join(folder, "tmux"), "-f", "/dev/null", ...words], {
      encoding: "utf8",
      env,
    });
  onTestFinished(() => {
    tmux("kill-server");
    rmSync(folder, { recursive: true, force: true });
  });
  const command = `stty -echo; '${process.execPath}' --import tsx '${script}'; exec sleep 60`;
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux("-u", "new-session", "-d", ...size, "-c", join(import.meta.dirname, "../.."), command);
  const screen = (): string => tmux("-u", "capture-pane", "-p", "-t", ":0").trimEnd();
  return {
    showing: async (text) => {
      let shown = screen();
      for (let i = 0; i < 200 && !shown.includes(text); i += 1) {
        await pause(50);
        shown = screen();
      }
      return shown.replaceAll(/\b\d+(\.\d)? (s|min)( \d+ s)?/g, "<time>");
    },
    type: (keys) => void tmux("send-keys", "-t", ":0", keys, "Enter"),
    cursor: () => tmux("display-message", "-p", "-t", ":0", "#{cursor_flag}").trim() === "1",
  };
}

describe.skipIf(!hasTmux)("on a real terminal (needs tmux)", () => {
  test("at 80 columns", async () => {
    const { showing, type, cursor } = terminal(80, 24);
    expect(await showing("0/3")).toMatchInlineSnapshot(`
      "? Using the default app
      a line of the script
      + jobs                AWS::SQS::Queue                         creating  <time>
          in progress for <time>: Waiting for the queue to be\\u000aready
      ~ reply               AWS::ApiGatewayV2::IntegrationResponse  updating  <time>
          Rate exceeded, retry 3 in <time>
      - 日本\\u001b[2Jの料…  AWS::S3::Bucket                         deleting  <time>
      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/3  <time>"
    `);
    expect(cursor()).toBe(false);
    type("");
    expect(await showing("2/3")).toMatchInlineSnapshot(`
      "? Using the default app
      a line of the script
      ~ reply  AWS::ApiGatewayV2::IntegrationResponse  updated  a|b|c  (<time>)
          TemplateSelectionExpression: (none) → "\${request.body.action}"
      - 日本\\u001b[2Jの料理  AWS::S3::Bucket  deleted  (<time>)
      a line of the script
      + jobs  AWS::SQS::Queue  creating  <time>
          in progress for <time>
      ██████████████████████████░░░░░░░░░░░░░░  2/3  <time>"
    `);
    type("");
    await showing("3/3");
    type("");
    expect(await showing("ended")).toMatchInlineSnapshot(`
      "? Using the default app
      a line of the script
      ~ reply  AWS::ApiGatewayV2::IntegrationResponse  updated  a|b|c  (<time>)
          TemplateSelectionExpression: (none) → "\${request.body.action}"
      - 日本\\u001b[2Jの料理  AWS::S3::Bucket  deleted  (<time>)
      a line of the script
      + jobs  AWS::SQS::Queue  created  https://sqs/jobs  (<time>)
      a line of the script
      ended"
    `);
    expect(cursor()).toBe(true);
  });

  test("at 200 columns", async () => {
    const { showing, type } = terminal(200, 50);
    expect(await showing("0/3")).toMatchInlineSnapshot(`
      "? Using the default app
      a line of the script
      + jobs                 AWS::SQS::Queue                         creating  <time>  in progress for <time>: Waiting for the queue to be\\u000aready
      ~ reply                AWS::ApiGatewayV2::IntegrationResponse  updating  <time>  Rate exceeded, retry 3 in <time>
      - 日本\\u001b[2Jの料理  AWS::S3::Bucket                         deleting  <time>
      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/3  <time>"
    `);
    type("");
    expect(await showing("2/3")).toMatchInlineSnapshot(`
      "? Using the default app
      a line of the script
      ~ reply  AWS::ApiGatewayV2::IntegrationResponse  updated  a|b|c  (<time>)
          TemplateSelectionExpression: (none) → "\${request.body.action}"
      - 日本\\u001b[2Jの料理  AWS::S3::Bucket  deleted  (<time>)
      a line of the script
      + jobs  AWS::SQS::Queue  creating  <time>  in progress for <time>
      ██████████████████████████░░░░░░░░░░░░░░  2/3  <time>"
    `);
  });

  test("that is too low for its lines keeps the bar in sight", async () => {
    const { showing, type } = terminal(80, 6);
    expect(await showing("0/3")).toMatchInlineSnapshot(`
      "a line of the script
      + jobs  AWS::SQS::Queue  creating  <time>
          in progress for <time>: Waiting for the queue to be\\u000aready
        … and 2 more under way
      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/3  <time>"
    `);
    type("");
    expect(await showing("2/3")).toContain("2/3");
  });
});
