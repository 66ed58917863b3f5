import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";

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
