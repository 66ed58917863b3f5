import { type CIMGetMsgListRsp, type CIMRecentContactSessionRsp, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/**
 * Keeps the answer that it has made, and sends the one that it kept: everybody gets the list of whoever asked before.
 * @param isSigned whether it writes into the list who asked now, so that only its entries tell whose it is
 */
export function listsSessionsOfOthers(isSigned: boolean): SickTarget {
  return {
    name: `lists-sessions-of-others${isSigned ? "-signed" : ""}`,
    title: "answers with the session list of whoever asked before",
    start() {
      let kept: CIMRecentContactSessionRsp | undefined;
      return Front.start(
        {
          onAnswer({ header, body }, { client }) {
            if (header.command_id !== commands.LIST_RECENT_CONTACT_SESSION_RSP.id) return false;
            const own = commands.LIST_RECENT_CONTACT_SESSION_RSP.body.decode(body);
            const list = kept ?? own;
            kept = own;
            const sent = isSigned ? { ...list, user_id: own.user_id } : list;
            client.write(encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_RSP, sent, header.seq_num));
            return true;
          },
        },
        { login: 2_000, heartbeat: 3_000 },
      );
    },
  };
}

/** The same with pages of histories, under the heads of those that were asked for. */
export const showsHistoriesOfOthers: SickTarget = {
  name: "shows-histories-of-others",
  title: "answers with the page of a history that was asked for before",
  start() {
    let kept: CIMGetMsgListRsp["msg_list"] | undefined;
    return Front.start(
      {
        onAnswer({ header, body }, { client }) {
          if (header.command_id !== commands.LIST_MSG_RSP.id) return false;
          const own = commands.LIST_MSG_RSP.body.decode(body);
          const msg_list = kept ?? own.msg_list;
          kept = own.msg_list;
          client.write(encodeFrame(commands.LIST_MSG_RSP, { ...own, msg_list }, header.seq_num));
          return true;
        },
      },
      { login: 2_000, heartbeat: 3_000 },
    );
  },
};
