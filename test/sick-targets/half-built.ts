import { CIMErrorCode, cimRegistry, commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** A server whose groups come later: nothing about them is answered. */
export const withoutGroups: SickTarget = {
  name: "without-groups",
  title: "leaves every command about groups unanswered",
  async start() {
    const front = await Front.start({
      onRequest: ({ header }) => cimRegistry.byId(header.command_id)?.name.startsWith("GROUP_") ?? false,
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};

/** A server whose service for groups is down: it says so. */
export const refusesGroups: SickTarget = {
  name: "refuses-groups",
  title: "refuses to make any group, with the code of an internal error",
  start: () =>
    Front.start({
      onRequest({ header, body }, { client }) {
        if (header.command_id !== commands.GROUP_CREATE_DEFAULT_REQ.id) return false;
        const { user_id } = commands.GROUP_CREATE_DEFAULT_REQ.body.decode(body);
        const answer = { user_id, result_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR };
        client.write(encodeFrame(commands.GROUP_CREATE_DEFAULT_RSP, answer, header.seq_num));
        return true;
      },
    }),
};
