import type { Checked } from "./row.ts";

/** What a gateway or a balancer in front of the target asks of clients, or says for them. */
export const frontRows = {
  header: {
    type: "list",
    nargs: 1,
    describe: "header field of every WebSocket handshake, 'NAME: VALUE', or @FILE with one in each line; repeatable",
    inFile: "one-or-more",
    top: true,
  },
  origin: {
    type: "string",
    describe: "Origin of every WebSocket handshake, e.g. https://chat.example.com",
    top: true,
  },
  subprotocol: {
    type: "list",
    nargs: 1,
    describe: "subprotocol to offer in every WebSocket handshake, of which the target has to choose one; repeatable",
    inFile: "one-or-more",
    top: true,
  },
  proxyProtocol: {
    type: "choice",
    choices: ["v1", "v2"],
    describe: "begin each connection with a header of the PROXY protocol, as a balancer in front of the target does",
    top: true,
  },
} as const;
export type FrontRows = Checked<typeof frontRows>;
