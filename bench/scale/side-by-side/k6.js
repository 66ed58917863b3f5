// Users of k6: SOCKETS of them in each VU. Settings come from the environment, see tools.ts.
import { Counter } from "k6/metrics";
import { setInterval, setTimeout } from "k6/timers";
import { WebSocket } from "k6/websockets";
import { ACKNOWLEDGEMENT, commandOf, LOGIN_ANSWER, loginPacket, messageWriter } from "./template.cjs";

const templates = JSON.parse(open(__ENV.TEMPLATES));
const sockets = Number(__ENV.SOCKETS);
const intervalMs = Number(__ENV.INTERVAL_MS);
const rampMs = Number(__ENV.RAMP_MS);
const clients = Number(__ENV.CLIENTS);
const acknowledged = new Counter("acknowledged");

export const options = {
  scenarios: {
    chat: {
      executor: "per-vu-iterations",
      vus: clients / sockets,
      iterations: 1,
      maxDuration: "10m",
    },
  },
};

export default function chat() {
  for (let k = 0; k < sockets; k++) {
    const n = (__VU - 1) * sockets + k;
    setTimeout(() => start(n), (n / clients) * rampMs);
  }
}

function start(n) {
  const socket = new WebSocket(__ENV.URL);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => socket.send(loginPacket(templates, n).buffer);
  socket.onmessage = ({ data }) => {
    const command = commandOf(new Uint8Array(data));
    if (command === ACKNOWLEDGEMENT) acknowledged.add(1);
    if (command !== LOGIN_ANSWER) return;
    const message = messageWriter(templates, n, __ENV.TAG);
    const send = () => socket.send(message().buffer);
    setTimeout(() => {
      send();
      setInterval(send, intervalMs);
    }, Math.random() * intervalMs);
  };
}
