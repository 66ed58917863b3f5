// An engine of our own for Artillery: its own WebSocket engine sends text frames only, and packets are binary.
const { readFileSync } = require("node:fs");
const { WebSocket } = require("ws");
const { ACKNOWLEDGEMENT, commandOf, LOGIN_ANSWER, loginPacket, messageWriter } = require("./template.cjs");

const templates = JSON.parse(readFileSync(process.env.TEMPLATES, "utf8"));
const intervalMs = Number(process.env.INTERVAL_MS);
let users = 0;

module.exports = class CimEngine {
  constructor(script) {
    this.url = script.config.target;
  }

  createScenario(_spec, events) {
    return (context, _done) => {
      const n = users++;
      const socket = new WebSocket(this.url, { perMessageDeflate: false });
      events.emit("started");
      socket.on("error", (error) => events.emit("error", error.code ?? error.message));
      socket.on("open", () => socket.send(loginPacket(templates, n)));
      socket.on("message", (data) => {
        const command = commandOf(data);
        if (command === ACKNOWLEDGEMENT) events.emit("counter", "cim.acknowledged", 1);
        if (command !== LOGIN_ANSWER) return;
        const message = messageWriter(templates, n, process.env.TAG);
        setTimeout(() => setInterval(() => socket.send(message()), intervalMs), Math.random() * intervalMs);
      });
      context.socket = socket;
    };
  }
};
