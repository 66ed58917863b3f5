// The plain script that people write first: `ws` sockets, closures and a timer per client, no checks. Settings come
// from the environment, see tools.ts.
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import type { FrameTemplates } from "./frames.ts";
import { ACKNOWLEDGEMENT, commandOf, LOGIN_ANSWER, loginPacket, messageWriter } from "./template.cjs";

const { URL: url = "", TAG: tag = "", TEMPLATES: file = "" } = process.env;
const [clients, intervalMs, rampMs] = ["CLIENTS", "INTERVAL_MS", "RAMP_MS"].map((name) =>
  Number(process.env[name]),
) as [number, number, number];
const templates = JSON.parse(readFileSync(file, "utf8")) as FrameTemplates;
let acknowledged = 0;

function start(n: number): void {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on("open", () => socket.send(loginPacket(templates, n)));
  socket.on("message", (data: Buffer) => {
    const command = commandOf(data);
    if (command === ACKNOWLEDGEMENT) acknowledged++;
    if (command !== LOGIN_ANSWER) return;
    const message = messageWriter(templates, n, tag);
    setTimeout(() => setInterval(() => socket.send(message()), intervalMs), Math.random() * intervalMs);
  });
}

for (let n = 0; n < clients; n++) setTimeout(() => start(n), (n / clients) * rampMs);
process.on("SIGTERM", () => {
  process.stderr.write(`${acknowledged} messages acknowledged\n`);
  process.exit();
});
