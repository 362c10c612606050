import { extname } from "node:path";
import { type Command, Option } from "commander";
import { appNameOf } from "../app/options/settings.ts";
import { UsageError } from "../errors.ts";
import { writeOut } from "../render/out.ts";
import { type Graph, graphOfEntries, graphOfReport } from "../report/graph/graph.ts";
import { graphPage } from "../report/page/page.ts";
import { graphJson } from "../report/graph/json.ts";
import { type GraphView, graphDot, graphMermaid, graphSvg } from "../report/graph/text.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { loadGraphviz } from "./graphviz.ts";
import { writeResult, requireFolderOf } from "./out-file.ts";
import { pageTools } from "./page-file.ts";
import { requireRecordedApp } from "./recorded-app.ts";
import { type RunFlags, addPlaceFlags, storeFlag } from "./run-flags.ts";
import { run } from "./running.ts";
import { programOf, scriptIfAny } from "./script.ts";
import { withStatedStage } from "./stated.ts";

const formats = ["mermaid", "dot", "svg", "html", "json"] as const;
type Format = (typeof formats)[number];

interface GraphFlags extends RunFlags, GraphView {
  readonly format?: Format;
  readonly out?: string;
  readonly recorded?: true;
}

const help = `
Examples:
  await-aws graph deploy.ts --format svg --out graph.svg   what a deploy would do, in colour
  await-aws graph --app shop                               what is recorded, for Mermaid
  await-aws graph deploy.ts --recorded --format dot | dot -Tpdf > graph.pdf`;

/** `await-aws graph`: what uses what, by a plan of a script or by what is recorded. */
export function addGraph(program: Command): void {
  addPlaceFlags(program.command("graph").argument("[script]").argument("[args...]"))
    .description("Draw what uses what: by a plan of the script, or by what is recorded.")
    .addOption(
      new Option("--format <format>", "default: as the name of --out ends, else mermaid").choices(formats),
    )
    .option("--out <file>", "write it there instead of to stdout")
    .option("--recorded", "run nothing, and ask AWS nothing: draw what is recorded of the script")
    .option("--app <name>", "draw what is recorded of this app; with a script: the name that it runs under")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option(...storeFlag)
    .option("--service <name>", "draw this service alone, e.g. SQS, and what it is joined to")
    .option("--all", "draw every resource, however many: more than 150 are drawn service by service")
    .option("--adopt", "of a plan: take over what exists")
    .option("-q, --quiet", "show no progress")
    .addHelpText("after", help)
    .action(
      tellFailure(async (given: string | undefined, args: readonly string[], flags: GraphFlags) => {
        withEnvironment(flags);
        if (flags.out !== undefined) requireFolderOf(flags.out);
        const write = await writerFor(flags);
        const script = flags.app !== undefined && given === undefined ? undefined : scriptIfAny(given);
        if (script === undefined || flags.recorded === true) return write(await recordedGraph(script, flags));
        await run({
          name: appNameOf(script),
          flags,
          program: await programOf(script, args),
          options: { phase: "plan" },
          text: () => "",
          isResult: true,
          writes: (report) => write(graphOfReport(report)),
        });
      }),
    );
}

async function recordedGraph(script: string | undefined, told: GraphFlags): Promise<Graph> {
  if (script !== undefined) process.argv[1] = script;
  const { name, stage, entries } = await requireRecordedApp(script, withStatedStage(told, script));
  return graphOfEntries({ app: name, stage, entries });
}

/** Whatever it takes to draw is there before anything is planned. */
async function writerFor(flags: GraphFlags): Promise<(graph: Graph) => void> {
  const textOf = await textFor(flags.format ?? formatOf(flags.out), flags);
  return (graph) => {
    const text = textOf(graph);
    if (flags.out === undefined) writeOut(text);
    else writeResult(flags.out, text);
  };
}

async function textFor(format: Format, view: GraphView): Promise<(graph: Graph) => string> {
  switch (format) {
    case "json":
      return graphJson;
    case "dot":
      return (graph) => graphDot(graph, view);
    case "mermaid":
      return (graph) => graphMermaid(graph, view);
    case "html": {
      const tools = { ...(await pageTools()), layOut: await loadGraphviz() };
      return (graph) => graphPage(graph, tools);
    }
    case "svg": {
      const layOut = await loadGraphviz();
      return (graph) => graphSvg(graph, view, layOut);
    }
  }
}

const endings: Readonly<Record<string, Format>> = {
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
  ".dot": "dot",
  ".gv": "dot",
  ".svg": "svg",
  ".html": "html",
  ".json": "json",
};

function formatOf(out: string | undefined): Format {
  if (out === undefined) return "mermaid";
  const format = endings[extname(out).toLowerCase()];
  if (format !== undefined) return format;
  throw new UsageError(`--out ${out} tells no format by its ending: pass --format ${formats.join(" or ")}`);
}
