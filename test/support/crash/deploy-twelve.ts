import { reconcile } from "../../../src/app/reconcile.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { twelve } from "./twelve.ts";

// A process to be killed: deploys the 12 resources, and says on stdout when it begins.
const [endpoint = "", folder = ""] = process.argv.slice(2);

process.stdout.write("begin\n");
const report = await reconcile("test", () => twelve({ words: "old", name: "a" }), {
  endpoint,
  store: jsonFileStore(folder),
  schemas: "bundled",
});
if (!report.ok) process.stderr.write(JSON.stringify(report.changes));
process.exitCode = report.ok ? 0 : 1;
