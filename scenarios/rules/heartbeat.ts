import { defineSection, type Section } from "./section.ts";

const rules = {
  "HB-01": {
    level: "must",
    status: "I",
    text: "A heartbeat (0x0105, empty body) on a logged-in connection MUST be answered with 0x0105, empty body. The number comes from the push counter upstream; clients match by command; both numberings are acceptable. Each heartbeat is answered, however many come, and on each connection of a user.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
    byHand: {
      device: ["every-connection"],
    },
  },
  "HB-02": {
    level: "must",
    status: "D/I",
    text: "A logged-in connection with no heartbeat for more than 60 s MUST be closed (61–62 s in practice). The clock starts at login; what the server sends does not count.",
    evidence: "gate/conn_tcp.go `kHeartBeatTimeOut`, pb/CIM.Def.proto (1 minute)",
    kind: "timers",
    axes: ["transport"],
  },
  "HB-03": {
    level: "may",
    status: "I",
    text: "Upstream counts only heartbeats, not other traffic. A server MAY count any packet from the client as a sign of life; tests must send nothing at all when they check HB-02, and real heartbeats when they check that the connection stays.",
    evidence: "gate/conn_tcp.go",
    unobservable:
      "a permission: the cases of HB-02 send nothing at all, those of HB-04 send real heartbeats, so that both kinds of server pass",
    kind: "timers",
  },
  "HB-04": {
    level: "must",
    status: "I",
    text: "Client intervals in the field: 10 s (iOS), 15 s (Flutter), 30 s (demo). The server MUST tolerate all.",
    evidence: "ios IMLoginManager.swift, flutter im_client.dart, server/app/demo/tcp_client.go",
    kind: "timers",
    axes: ["transport"],
  },
  "HB-05": {
    level: "must",
    status: "I",
    text: "Reconnection is the client's business: 1, 2, 4, 8 s back-off, then again from 1 s; after reconnecting it logs in again and pulls the session list. The server MUST keep no per-connection state that would hinder this.",
    evidence: "ios IMLoginManager.swift, flutter im_client.dart",
    axes: ["transport"],
    without: {
      device: "It is about a user whose only connection is gone.",
    },
  },
} as const;

/** The rules of HB. */
export const heartbeatSection: Section<keyof typeof rules> = defineSection(
  { id: "HB", title: "Heartbeat", chineseTitle: "心跳", kind: "connection" },
  rules,
);
