import { defineSection, type Section } from "./section.ts";

const rules = {
  "CONN-01": {
    level: "must",
    status: "D/I",
    text: "The server MUST accept plain TCP clients (default port 8000) and MUST NOT send anything before the client's first packet. How many connections it takes in all is its own limit; 512 at most are asked for at a time.",
    evidence: "gate/server.go",
    axes: ["transport"],
  },
  "CONN-02": {
    level: "must",
    status: "D/I",
    text: "Every packet the server sends MUST have `length` = 16 + body, `version` = 1, and `flag`, `service_id`, `reversed` = 0.",
    evidence: "server/api/cim/im_header.go",
    axes: ["transport"],
  },
  "CONN-03": {
    level: "must",
    status: "D/I",
    text: "The server MUST handle several packets in one TCP segment, in order. It does not matter how many packets one read holds.",
    evidence: "gate/server.go (comment and loop on sticky packets)",
    kind: "stream",
    axes: ["number"],
    numbers: {
      none: "A segment without a packet is none.",
    },
    without: {
      position:
        "Its case looks for the answer to every packet of the read, so that the first and the last are among them.",
      length: "It is about how many packets a read holds; how long one may be is CONN-07.",
      width: "Its packets are of ordinary length; which lengths may be announced is CONN-06.",
    },
  },
  "CONN-04": {
    level: "must",
    status: "imp",
    capability: "reassembly",
    text: "The server MUST handle a packet that arrives in pieces: header split at any byte, body split at any byte, any pause between the pieces (below the timeouts of this file), and a whole packet followed by the start of the next.",
    evidence:
      "gate/server.go (intent), ios IMClient.swift and flutter im_client.dart both buffer partial data; docs/02 §2.2",
    kind: "stream",
    axes: ["position"],
    byHand: {
      length: ["across-reads"],
    },
    without: {
      width: "Its packets are of ordinary length; which lengths may be announced is CONN-06.",
    },
  },
  "CONN-05": {
    level: "must",
    status: "D/I",
    text: "A packet with an empty body (`length` = 16) MUST be accepted.",
    evidence: "gate/conn_tcp.go (heartbeat)",
    axes: ["transport"],
  },
  "CONN-06": {
    level: "must",
    status: "I for rejecting, ours for closing",
    text: "`length` below 16 or above the server's limit MUST NOT reach a command handler and MUST NOT disturb other connections. The server SHOULD close the connection.",
    evidence: "gate/server.go",
    kind: "stream",
    axes: ["position"],
    byHand: {
      length: [
        "length-0-not-handled",
        "length-15-not-handled",
        "length-10485761-not-handled",
        "length-2147483648-not-handled",
        "length-4294967295-not-handled",
      ],
      width: ["length-2147483648-not-handled", "length-4294967295-not-handled"],
    },
  },
  "CONN-07": {
    level: "must",
    status: "I value, ours floor",
    capability: "frame-limits",
    text: "The limit MUST be at least 64 KiB and SHOULD be 10 MiB (10 485 760 bytes, whole packet), before a login as well.",
    evidence: "gate/server.go",
    kind: "stream",
    axes: ["transport"],
    byHand: {
      length: ["64-KiB-accepted", "10-MiB-accepted"],
    },
    without: {
      position: "The packet is alone on its connection; packets before and behind others are CONN-03 and CONN-04.",
      width: "It is about lengths far below 2^31; those that lie beyond the limit are CONN-06.",
    },
  },
  "CONN-08": {
    level: "must",
    status: "ours",
    capability: "frame-limits",
    text: "The server MUST NOT allocate memory from an announced `length` before the bytes arrive beyond a small constant.",
    kind: "stream",
    without: {
      position: "It is about a length that is announced and never sent, so nothing has a place or a size.",
      length: "It is about a length that is announced and never sent, so nothing has a place or a size.",
      width: "What is announced lies within the limit; what lies beyond it is CONN-06.",
    },
  },
  "CONN-09": {
    level: "must",
    status: "I",
    text: "A received `version` other than 1 SHOULD be tolerated; `flag`, `service_id` and `reversed` of received packets MUST be ignored.",
    evidence: "server/api/cim/im_header.go",
    axes: ["transport"],
  },
  "CONN-10": {
    level: "must",
    status: "D/I",
    text: "Responses MUST echo the request's `seq_num`, when it is not 0. The number is unsigned: 65535 is echoed as well.",
    evidence: "gate/conn_tcp.go `Send`",
    axes: ["transport"],
  },
  "CONN-11": {
    level: "must",
    status: "I",
    text: "Pushes MUST carry a number other than 0. They SHOULD be numbered by a counter of the connection: first value 1, plus 1 each, 65534 is followed by 1.",
    evidence: "gate/conn_tcp.go `GetSeq`",
    axes: ["transport"],
  },
  "CONN-12": {
    level: "must",
    status: "I",
    text: "A request with `seq_num` 0 MUST still be answered; the answer's number comes from the server's counter.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
  },
  "CONN-13": {
    level: "must",
    status: "I",
    text: "An unknown `command_id` on a logged-in connection MUST be ignored: no answer, connection stays open, later packets are handled.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
  },
  "CONN-14": {
    level: "must",
    status: "I",
    text: "A body that does not parse MUST be ignored: no answer, connection stays open, later packets are handled.",
    evidence: "gate/conn_tcp*.go",
    axes: ["transport"],
  },
  "CONN-15": {
    level: "must",
    status: "I, second sentence ours",
    text: "Any command except 0x0101 and 0x0107 before login (heartbeat and unknown commands included) MUST make the server close the connection without an answer. Packets behind it in the same segment MUST NOT be handled.",
    evidence: "gate/conn_tcp.go `OnRead`",
    kind: "connection",
    axes: ["transport"],
    without: {
      device: "Before the login the connection belongs to no user, so that there is no other of the same user.",
    },
  },
  "CONN-16": {
    level: "must",
    status: "I",
    text: "Requests of one connection MUST be handled in the order received, and their answers sent in that order.",
    evidence: "gate/server.go, conn_tcp.go (one reader per connection, synchronous)",
    kind: "connection",
    without: {
      transport:
        "It is about the requests of one connection that leave in one piece, which WebSocket has not: there each message is one packet.",
      device:
        "It is about the requests of one connection that leave in one piece, which WebSocket has not: there each message is one packet.",
    },
  },
  "CONN-17": {
    level: "must",
    status: "ours",
    capability: "robustness",
    text: "No input of one client may crash the server or close other clients' connections. Missing sub-messages (e.g. no `channel_info`) and absurd values are ordinary input.",
    kind: "connection",
    axes: ["transport"],
    without: {
      device: "Its cases ask connections of other users whether they are served.",
    },
  },
  "CONN-18": {
    level: "must",
    status: "ours",
    capability: "robustness",
    text: "A client that stops reading, or that floods the server with requests, MUST NOT delay other clients beyond a short bound; the server SHOULD drop the slow connection when its send queue exceeds a limit. That limit is the server's own.",
    evidence: "gate/user.go (comment on per-user push)",
    kind: "connection",
    axes: ["flood", "number", "transport"],
    numbers: {
      none: "It is about a flood.",
      thousand: "It tells whether others wait for a flood; how many may log in at once is a matter of the machine.",
    },
    without: {
      device: "Its cases ask connections of other users whether they are served.",
    },
  },
  "CONN-19": {
    level: "must",
    status: "I",
    text: "Two packets to the same connection MUST NOT be mixed on the wire, whatever the concurrency.",
    evidence: "gate/conn_tcp.go (one write per packet)",
    kind: "connection",
    without: {
      transport:
        "It is about the bytes of one connection; over WebSocket each packet is a message of its own, which nothing can mix.",
      device:
        "It is about the bytes of one connection; over WebSocket each packet is a message of its own, which nothing can mix.",
    },
  },
  "CONN-20": {
    level: "must",
    status: "I",
    text: "After the connection closes (by either side) the user MUST become offline as soon as no other connection is left, and pushes to the user's remaining connections must go on working.",
    evidence: "gate/conn_tcp.go `OnClose`",
    kind: "connection",
    axes: ["transport"],
    byHand: {
      device: ["other-connections-go-on", "last-connection-gone"],
    },
  },
  "CONN-21": {
    level: "should",
    status: "I / ours",
    capability: "failure-answers",
    text: "A server failure behind the gate (e.g. the store) makes list, message and group requests go unanswered upstream after a 3 s limit; only login gets an explicit 201. Clients use 3 s (ios) or 10 s (flutter) request timeouts and 10 s for messages. A server SHOULD answer with an error code wherever the response has one.",
    evidence: "gate/conn_tcp.go `kBusinessTimeOut`, ios IMClient.swift, flutter im_client.dart",
    unobservable: "needs a store that fails on demand, which no client can cause",
  },
  "CONN-22": {
    level: "must",
    status: "ours",
    capability: "robustness",
    text: "The server MUST NOT end by itself the connection of a logged-in client that keeps to this contract: neither behind a number of requests, nor after a time, nor now and then. What may end one is the silence of HB-02, a logout, a client that reads too slowly (CONN-18) or holds the most of what is not whole (CONN-23), and the end of the server as a whole.",
    kind: "connection",
    axes: ["transport"],
    byHand: {
      device: ["open-for-seconds"],
    },
  },
  "CONN-23": {
    level: "must",
    status: "ours",
    capability: "robustness",
    text: "A server MAY bound the bytes of packets that are not whole or not handled yet, of all connections together; the limit is its own. When more come it MUST close the connection that holds the most of them, and no other. What has been handled, or came on a connection that has ended, counts no more. A server MAY state the limit (at least 1,048,576): it MUST then hold so many, and close a connection beyond.",
    kind: "connection",
    axes: ["transport"],
    without: {
      device: "It counts the bytes of all connections, whoever is logged in on them.",
    },
  },
} as const;

/** The rules of CONN. */
export const connSection: Section<keyof typeof rules> = defineSection(
  { id: "CONN", title: "Connection and framing", chineseTitle: "连接与分帧", kind: "packets" },
  rules,
);
