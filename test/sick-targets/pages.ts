import { commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Leaves requests for history pages of more than `most` messages unanswered. */
export function servesPagesUpTo(most: number): { name: string; title: string; start(): Promise<Front> } {
  return {
    name: `pages-up-to-${most}`,
    title: `leaves requests for history pages of more than ${most} messages unanswered`,
    start: () =>
      Front.start({
        onRequest({ header, body }) {
          if (header.command_id !== commands.LIST_MSG_REQ.id) return false;
          return commands.LIST_MSG_REQ.body.decode(body).limit_count > most;
        },
      }),
  };
}

/** Gives the newest `most` messages of a history page, whatever number was asked for. */
export function cutsPagesTo(most: number): SickTarget {
  return {
    name: `cuts-pages-to-${most}`,
    title: `gives ${most} messages of a history page at most`,
    start: () =>
      Front.start(
        {
          onAnswer({ header, body }, { client }) {
            if (header.command_id !== commands.LIST_MSG_RSP.id) return false;
            const page = commands.LIST_MSG_RSP.body.decode(body);
            if (page.msg_list.length <= most) return false;
            const msg_list = page.msg_list.slice(-most);
            client.write(encodeFrame(commands.LIST_MSG_RSP, { ...page, msg_list }, header.seq_num));
            return true;
          },
        },
        { login: 2_000, heartbeat: 3_000 },
      ),
  };
}
