// What people use today, side by side on one machine, against one server: log in, chat at a fixed rate, wait for the
// acknowledgement. Memory per client is the growth from a few to many users at the same rate; processor time is that
// of the tool's processes while all users are logged in and the rate is kept, as the server counts it.
//
//   npx node bench/scale/side-by-side.ts [--rate 300] [--seconds 10] [--clients 10000] [--only cupping,tsung]
//
// k6 (built with Go) and Artillery (from npm) are fetched into ~/.cache/cupping-bench; tsung comes from the system
// (`apt-get install tsung`). What cannot be had is said in the table.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseCommandLine, scriptOptions } from "../../test/scripts/options.ts";
import { frameTemplates, MAX_USERS } from "./side-by-side/frames.ts";
import { type Measured, measure } from "./side-by-side/measure.ts";
import { type BenchServer, startServer } from "./side-by-side/server.ts";
import { type Tool, tools } from "./side-by-side/tools.ts";

const values = scriptOptions({
  rate: { type: "count", default: 300 },
  seconds: { type: "count", default: 10 },
  clients: { type: "count", default: 10_000 },
  only: { type: "text", default: tools.map(({ name }) => name).join(",") },
});
const { rate, seconds } = values;
const chosen = values.only
  .split(",")
  .map(
    (name) =>
      tools.find((tool) => tool.name === name) ??
      refuseCommandLine(`--only: there is no tool "${name}"; there are ${tools.map((tool) => tool.name).join(", ")}`),
  );
const most = Math.min(values.clients, MAX_USERS);
/** The smaller of the two sizes whose difference is the memory per client. */
const FEW_CLIENTS = 100;
const PAYLOAD_BYTES = 100;

async function run(tool: Tool, clients: number, server: BenchServer, folder: string): Promise<Measured> {
  const templates = frameTemplates(PAYLOAD_BYTES);
  const templatesFile = join(folder, "templates.json");
  await writeFile(templatesFile, JSON.stringify(templates));
  const tag = Date.now().toString(36);
  const work = { server, clients, rate, payloadBytes: PAYLOAD_BYTES, templates, templatesFile, tag, folder };
  return measure(server, tool.start(work), { clients, rate, seconds });
}

async function rowOf(tool: Tool, server: BenchServer, folder: string): Promise<string> {
  const head = `| ${tool.title} | ${tool.transport} `;
  try {
    tool.fetch?.();
    const few = await run(tool, FEW_CLIENTS, server, folder);
    const many = await run(tool, Math.min(most, tool.mostClients), server, folder);
    process.stderr.write(`${tool.name} ${JSON.stringify([few, many])}\n`);
    const bytes = (many.rssBytes - few.rssBytes) / (many.clients - few.clients);
    return (
      `${head}| ${many.clients.toLocaleString("en")} | ${(bytes / 1024).toFixed(1)} | ${mega(few.rssBytes)} / ${mega(many.rssBytes)} ` +
      `| ${many.cpuMsPer1000Messages.toFixed(0)} | ${tool.checks} |`
    );
  } catch (error) {
    return `${head}| not measured: ${(error as Error).message.split("\n")[0]} | | | | ${tool.checks} |`;
  }
}

function mega(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

const folder = await mkdtemp(join(tmpdir(), "cupping-side-"));
const server = await startServer(folder, most);
const lines = [
  `${rate} messages a second, measured for ${seconds} s.`,
  "",
  `| tool | transport | clients | KB per client | resident with ${FEW_CLIENTS} / all | CPU ms per 1,000 messages | checks |`,
  "|---|---|---|---|---|---|---|",
];
try {
  for (const tool of chosen) {
    lines.push(await rowOf(tool, server, folder));
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${lines.join("\n")}\n`);
