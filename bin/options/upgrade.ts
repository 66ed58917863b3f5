import type { Checked } from "./row.ts";

/** What clients say in the handshake of WebSocket. */
export const upgradeRows = {
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
} as const;
export type UpgradeRows = Checked<typeof upgradeRows>;
