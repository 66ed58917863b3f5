// Runs a server in a process of its own: loads everything, waits for its options as one line of JSON on standard
// input, and prints the ports. So the next process can be made ready while a test still uses the last one.
import { createInterface } from "node:readline";
import { type ServerOptions, startServer } from "../index.ts";

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { ports } = await startServer({ tcp: 0, ws: null, http: null, ...(JSON.parse(line) as ServerOptions) });
    process.stdout.write(`${JSON.stringify(ports)}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: (error as Error).message })}\n`);
  }
}
process.exit();
