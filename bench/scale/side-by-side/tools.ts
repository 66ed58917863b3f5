import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { FrameTemplates } from "./frames.ts";
import type { Start } from "./measure.ts";
import type { BenchServer } from "./server.ts";
import { prepareTsung } from "./tsung.ts";

/** What a tool is asked to do. */
export interface Work {
  server: BenchServer;
  clients: number;
  /** Messages per second of all users together. */
  rate: number;
  payloadBytes: number;
  templates: FrameTemplates;
  templatesFile: string;
  /** Not used by any run before, so that no message is taken for a repeat. */
  tag: string;
  folder: string;
}

/** One of the tools side by side. */
export interface Tool {
  name: string;
  title: string;
  transport: "WebSocket" | "TCP";
  /** What it checks of each message. */
  checks: string;
  /** Most users that it is asked for. */
  mostClients: number;
  /** Fetches it where it is not there yet. @throws when it cannot be had */
  fetch?(): void;
  start(work: Work): Start;
}

/** Where fetched tools stay: outside of the checkout, so that they are no part of the project. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "cupping-bench");
const k6 = join(cache, "bin", "k6");
const artillery = join(cache, "artillery");
const here = import.meta.dirname;
const RAMP_MS = 8000;

function settings({ server, clients, rate, templatesFile, tag }: Work): Record<string, string> {
  return {
    URL: `ws://127.0.0.1:${server.ws}/`,
    CLIENTS: String(clients),
    INTERVAL_MS: String((clients * 1000) / rate),
    RAMP_MS: String(RAMP_MS),
    TEMPLATES: templatesFile,
    TAG: tag,
  };
}

function cupping(transport: "tcp" | "ws"): Tool["start"] {
  return ({ server, clients, rate, payloadBytes, folder }) => ({
    command: process.execPath,
    words: [
      "bin/cupping.js",
      ...[
        "load",
        "chat",
        "--target",
        `${transport}://127.0.0.1:${server[transport]}`,
        "--users",
        `file:${server.users}`,
      ],
      ...["--clients", clients, "--rate", rate, "--payload", payloadBytes, "--ramp", `${RAMP_MS}ms`].map(String),
      ...["--duration", "10m", "--workers", "1", "--quiet", "--out", join(folder, "out")],
    ],
  });
}

function startK6(work: Work, sockets: number): Start {
  return {
    command: k6,
    words: ["run", "--quiet", "--no-usage-report", "--summary-mode", "disabled", join(here, "k6.js")],
    environment: { ...settings(work), SOCKETS: String(sockets) },
  };
}

/** k6 has no binary on npm; its vanity import path cannot be looked up everywhere, the module proxy has it all the same. */
function fetchK6(): void {
  if (existsSync(k6)) return;
  const module = join(cache, "k6-build");
  mkdirSync(module, { recursive: true });
  writeFileSync(join(module, "go.mod"), "module k6-build\n\ngo 1.25\n\nrequire go.k6.io/k6/v2 v2.2.0\n");
  execFileSync("go", ["build", "-mod=mod", "-o", k6, "go.k6.io/k6/v2"], { cwd: module, stdio: ["ignore", 2, 2] });
}

function fetchArtillery(): void {
  if (!existsSync(join(artillery, "node_modules", "artillery"))) {
    mkdirSync(artillery, { recursive: true });
    const words = ["install", "--prefix", artillery, "--ignore-scripts", "--no-audit", "--no-fund", "artillery@2"];
    execFileSync("npm", words, { stdio: ["ignore", 2, 2] });
  }
  const engine = join(artillery, "node_modules", "artillery-engine-cim");
  mkdirSync(engine, { recursive: true });
  writeFileSync(join(engine, "package.json"), '{"name":"artillery-engine-cim","version":"1.0.0","main":"index.cjs"}\n');
  const ours = JSON.stringify(join(here, "artillery-engine.cjs"));
  writeFileSync(join(engine, "index.cjs"), `module.exports = require(${ours});\n`);
}

function startArtillery(work: Work): Start {
  const script = join(work.folder, "artillery.json");
  writeFileSync(
    script,
    JSON.stringify({
      config: {
        target: `ws://127.0.0.1:${work.server.ws}/`,
        phases: [{ duration: RAMP_MS / 1000, arrivalCount: work.clients }],
        engines: { cim: {} },
      },
      scenarios: [{ engine: "cim", flow: [{ chat: {} }] }],
    }),
  );
  return {
    command: process.execPath,
    words: [join(artillery, "node_modules", "artillery", "bin", "run"), "run", script],
    environment: { ...settings(work), WORKERS: "1", ARTILLERY_DISABLE_TELEMETRY: "true" },
  };
}

/** The tools, ours first. */
export const tools: readonly Tool[] = [
  {
    name: "cupping",
    title: "Cupping",
    transport: "WebSocket",
    checks: "every message, then an audit",
    mostClients: 10_000,
    start: cupping("ws"),
  },
  {
    name: "cupping-tcp",
    title: "Cupping",
    transport: "TCP",
    checks: "every message, then an audit",
    mostClients: 10_000,
    start: cupping("tcp"),
  },
  {
    name: "plain",
    title: "plain `ws` script",
    transport: "WebSocket",
    checks: "counts acknowledgements",
    mostClients: 10_000,
    start: (work) => ({
      command: process.execPath,
      words: [join(here, "plain-ws.ts")],
      environment: settings(work),
    }),
  },
  {
    name: "artillery",
    title: "Artillery 2, engine of our own",
    transport: "WebSocket",
    checks: "counts acknowledgements",
    mostClients: 5000,
    fetch: fetchArtillery,
    start: startArtillery,
  },
  {
    name: "tsung",
    title: "tsung 1.7",
    transport: "TCP",
    checks: "waits for any answer",
    mostClients: 10_000,
    fetch: () => void execFileSync("tsung", ["-v"], { stdio: "ignore" }),
    start: ({ server, clients, rate, tag, templates, folder }) => ({
      command: "tsung",
      words: prepareTsung(
        { port: server.tcp, clients, intervalMs: (clients * 1000) / rate, rampMs: RAMP_MS, tag },
        templates,
        join(folder, `tsung-${tag}`),
      ),
    }),
  },
  {
    name: "k6-sockets",
    title: "k6 2.2, many sockets in one VU",
    transport: "WebSocket",
    checks: "counts acknowledgements",
    mostClients: 5000,
    fetch: fetchK6,
    start: (work) => startK6(work, work.clients),
  },
  {
    name: "k6-users",
    title: "k6 2.2, one user per VU",
    transport: "WebSocket",
    checks: "counts acknowledgements",
    mostClients: 1000,
    fetch: fetchK6,
    start: (work) => startK6(work, 1),
  },
];
