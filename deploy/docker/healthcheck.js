// Exits 0 when the server in this container takes connections: the gate's port, and the HTTP API that is ready.
import { connect } from "node:net";

const [tcp = "8000", http = "18080"] = process.argv.slice(2);
const socket = connect({ host: "127.0.0.1", port: Number(tcp) });
socket.on("error", () => process.exit(1));
socket.on("connect", async () => {
  const { ok } = await fetch(`http://127.0.0.1:${http}/readyz`).catch(() => ({ ok: false }));
  process.exit(ok ? 0 : 1);
});
