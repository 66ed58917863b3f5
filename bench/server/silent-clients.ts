// Opens connections that never log in, half of them saying one byte a second, and reports how late they were closed.
// A process of its own, so that it does not disturb whoever measures the other users' latency.
import { connect } from "node:net";

const [port, count, timeoutMs] = process.argv.slice(2).map(Number) as [number, number, number];
const lateness: number[] = [];

function open(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let drip: NodeJS.Timeout | undefined;
    let connectedAt = 0;
    socket.on("connect", () => {
      connectedAt = performance.now();
      // A length of 16, so that the server waits for a header that never becomes whole in time.
      let said = 0;
      if (index % 2 === 1) drip = setInterval(() => socket.write(Uint8Array.of(said++ === 3 ? 16 : 0)), 1000);
      resolve();
    });
    socket.on("error", (error) => (connectedAt === 0 ? reject(error) : undefined));
    socket.on("close", () => {
      clearInterval(drip);
      lateness.push(performance.now() - connectedAt - timeoutMs);
      if (lateness.length === count) report();
    });
    socket.resume();
  });
}

function report(): void {
  process.stdout.write(`${JSON.stringify({ earliestMs: Math.min(...lateness), latestMs: Math.max(...lateness) })}\n`);
}

for (let index = 0; index < count; index += 50) {
  await Promise.all(Array.from({ length: Math.min(50, count - index) }, (_, offset) => open(index + offset)));
}
