import { commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

/** Users in one answer (FRIEND-01). */
const LONGEST_LIST = 50;

/** FRIEND-02: the most recently created users. FRIEND-03: there is no friendship; anyone may write to any of them. */
const listUsers = handler({
  command: commands.FRIEND_QUERY_USER_LIST_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self }, context) {
    mark("FRIEND-01");
    const user_info_list = await context.store.newestUsers(self, LONGEST_LIST);
    return [reply(commands.FRIEND_QUERY_USER_LIST_RSP, { user_id: self, user_info_list })];
  },
});

export const section: Section = { handlers: [listUsers] };
