/** The latencies that a load run measures, all in milliseconds in the result. A scenario may add its own names. */
export const latencyMetrics: Record<string, string> = {
  connect: "TCP (and TLS, WebSocket) connection established",
  login: "login request sent to successful answer",
  msg_ack: "message: intended time of sending to the server's acknowledgement",
  resent: "message sent once more after a lost connection: first intended time of sending to its acknowledgement",
  msg_e2e: "message: intended time of sending to delivery at the one receiver",
  fanout: "group message: intended time of sending to delivery, one sample per receiver",
  history: "history page: request to answer",
  sessions: "session list: request to answer",
  read_notify: "read receipt: sent by the reader to notified at the peer",
};

/** Latencies that belong to the coming up of clients, which is measured whenever it happens. */
export const alwaysMeasured: ReadonlySet<string> = new Set(["connect", "login"]);

/** What is counted; in the result as rates per second. */
export const counterNames = [
  "sent",
  "acknowledged",
  "delivered",
  "logins",
  "heartbeats",
  "errors",
  "disconnects",
] as const;

/** Name of a counter. */
export type CounterName = (typeof counterNames)[number];
