// Opens connections that never log in, half of them saying one byte a second, and reports how late they were closed.
// A process of its own, so that it does not disturb whoever measures the other users' latency.
import { connect } from "node:net";

const [port, count, timeoutMs] = process.argv.slice(2).map(Number) as [number, number, number];
/** Milliseconds after the timeout, counted from when the connection stood; no earlier than it really did. */
const lateness: number[] = [];
/** The same from when it was begun: what is below 0 here was closed too early, however late this process looked. */
const earliness: number[] = [];

function open(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const begunAt = performance.now();
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
      const now = performance.now();
      lateness.push(now - connectedAt - timeoutMs);
      earliness.push(now - begunAt - timeoutMs);
      if (lateness.length === count) report();
    });
    socket.resume();
  });
}

function report(): void {
  const figures = { earliestMs: Math.min(...earliness), latestMs: Math.max(...lateness) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

for (let index = 0; index < count; index += 50) {
  await Promise.all(Array.from({ length: Math.min(50, count - index) }, (_, offset) => open(index + offset)));
}
