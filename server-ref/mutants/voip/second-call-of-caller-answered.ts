import { randomUUID } from "node:crypto";
import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** VOIP-06: answers a second invitation of a caller who has a call. */
export const secondCallOfCallerAnswered: Mutant = {
  name: "second-call-of-caller-answered",
  breaks: ["VOIP-06"],
  title: "answers a second invitation of a caller who has a call",
  story: "The table is by channel, and each invitation has a channel of its own.",
  apply(seams) {
    changeEffects(seams, commands.VOIP_INVITE_REQ, (effects, { self, message }) => {
      const [called, ...more] = message.invite_user_list;
      const valid =
        called !== undefined &&
        called !== 0n &&
        called !== self &&
        more.length === 0 &&
        (message.invite_type === 1 || message.invite_type === 2);
      if (effects.length > 0 || !valid) return effects;
      const channel_info = { channel_name: randomUUID(), channel_token: "", creator_id: self };
      return [reply(commands.VOIP_INVITE_REPLY, { user_id: 0n, rsp_code: 100 as 180, channel_info })];
    });
  },
};
