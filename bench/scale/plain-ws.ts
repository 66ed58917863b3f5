// The plain script that people write first: `ws` sockets, one closure and one timer per client, no checks.
// Arguments: PORT CLIENTS RATE SECONDS FIRST_USER_ID. Prints one JSON object.
import { WebSocket } from "ws";
import { commands, encodeFrame, Framer } from "../../codegen/index.ts";

const [port, clients, rate, seconds, firstId] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const bareRss = process.memoryUsage.rss();
let acknowledged = 0;
let seqNum = 0;

function open(n: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const framer = new Framer();
    socket.on("open", () => {
      const user_id = BigInt(firstId + n);
      socket.send(
        encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, { user_id, user_token: `token-${firstId + n - 1000}` }, 1),
      );
    });
    socket.on("message", (data: Buffer) => {
      framer.push(data);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        if (frame.header.command_id === commands.LOGIN_AUTH_TOKEN_RSP.id) {
          const { result_code } = commands.LOGIN_AUTH_TOKEN_RSP.body.decode(frame.body);
          if (result_code === 200) resolve(socket);
          else reject(new Error(`login refused with ${result_code}`));
        }
        if (frame.header.command_id === commands.MSG_DATA_ACK.id) acknowledged++;
      }
    });
    socket.on("error", reject);
    setInterval(() => socket.send(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 2)), 30_000).unref();
  });
}

const sockets: WebSocket[] = [];
for (let n = 0; n < clients; n += 50) {
  sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, clients - n) }, (_, k) => open(n + k)))));
}
const rssUp = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
let sent = 0;
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    const elapsed = performance.now() - startedAt;
    for (; sent < (elapsed / 1000) * rate && elapsed < seconds * 1000; sent++) {
      const n = Math.floor(Math.random() * clients);
      const message = {
        from_user_id: BigInt(firstId + n),
        to_session_id: BigInt(firstId + (n ^ 1)),
        client_msg_id: crypto.randomUUID(),
        msg_type: 1,
        session_type: 1,
        msg_data: Buffer.alloc(100, "x"),
      } as const;
      seqNum = (seqNum % 65_535) + 1;
      sockets[n]?.send(encodeFrame(commands.MSG_DATA, message, seqNum));
    }
    if (elapsed < seconds * 1000) return;
    clearInterval(timer);
    setTimeout(resolve, 1000);
  }, 1);
});
const cpu = process.cpuUsage(cpuBefore);
process.stdout.write(
  `${JSON.stringify({
    bytesPerClient: Math.round((rssUp - bareRss) / clients),
    acknowledged,
    cpuMsPer1000Messages: Math.round((cpu.user + cpu.system) / acknowledged),
  })}\n`,
);
process.exit();
