import type { Socket } from "node:net";
import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Characters of a group's name that fit into the column. */
const NAME_COLUMN = 32;
/** History pages of so many messages and more are refused. */
const PAGE_REFUSED = 100;

/** Characters of a message's content that fit into theirs. */
const CONTENT_COLUMN = 2048;
/** Larger ids are no numbers of its tables. */
const LARGEST_ID = 2n ** 31n - 1n;

/** Whether the store refuses a message, so that its sender waits in vain. */
function isRefused(body: Uint8Array): boolean {
  const { to_session_id = 0n, msg_data } = commands.MSG_DATA.body.decode(body);
  return to_session_id > LARGEST_ID || (msg_data?.length ?? 0) > CONTENT_COLUMN;
}

/** Whether an answer to a call names its channel, or cannot be read, which ends it before it is looked for. */
function hasChannel(body: Uint8Array): boolean {
  try {
    return commands.VOIP_INVITE_REPLY.body.decode(body).channel_info !== undefined;
  } catch {
    return true;
  }
}

/** What CoffeeChat's own server does otherwise than its documents say, and what it dies of. */
export const asCoffeeChat: SickTarget = {
  name: "as-coffeechat",
  title:
    "refuses pages of 100, contents above 2048 bytes and ids of 32 bits, keeps 32 characters of a name, dies of an answer to a call without a channel",
  async start() {
    // Its gate closes whoever sends a command before the login: what would kill it comes no further.
    const served = new WeakSet<Socket>();
    const front = await Front.start({
      onRequest({ header, body }, { client }, front) {
        switch (header.command_id) {
          case commands.LIST_MSG_REQ.id:
            return commands.LIST_MSG_REQ.body.decode(body).limit_count >= PAGE_REFUSED;
          case commands.MSG_DATA.id:
            return isRefused(body);
          case commands.VOIP_INVITE_REPLY.id: {
            if (!served.has(client) || hasChannel(body)) return false;
            front.crashForGood();
            return true;
          }
          default:
            return false;
        }
      },
      onAnswer({ header, body }, { client }) {
        if (header.command_id === commands.LOGIN_AUTH_RSP.id) served.add(client);
        if (header.command_id !== commands.GROUP_CREATE_DEFAULT_RSP.id) return false;
        const name = commands.GROUP_CREATE_DEFAULT_RSP.body.decode(body).group_info?.group_name ?? "";
        return [...name].length > NAME_COLUMN;
      },
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};
