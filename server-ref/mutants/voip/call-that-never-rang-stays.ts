import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest, wrapHandle } from "../wrap/handlers.ts";

/** VOIP-05: does not end a call that is hung up before the other side rings. */
export const callThatNeverRangStays: Mutant = {
  name: "call-that-never-rang-stays",
  breaks: ["VOIP-05"],
  companions: [
    { rule: "VOIP-14", reason: "nothing but the answered call is in the table that a lost connection clears" },
    { rule: "VOIP-11", reason: "the bye does not end the call" },
    { rule: "VOIP-12", reason: "a call that does not end leaves no record" },
    { rule: "VOIP-15", reason: "the bye does not reach the other side" },
    { rule: "VOIP-16", reason: "the bye does not end the call" },
    { rule: "CONTENT-08", reason: "a call that does not end leaves no record" },
  ],
  title: "does not end a call that is hung up before the other side rings",
  story: "The call is put into the table of those to be ended when the other side answers for the first time.",
  apply(seams) {
    seams.userOffline.splice(0);
    const rang = new Set<bigint>();
    changeRequest(seams, commands.VOIP_INVITE_REPLY, ({ channel_info }) => {
      if (channel_info) rang.add(channel_info.creator_id);
      return {};
    });
    wrapHandle(seams, commands.VOIP_BYE_REQ, (request, context, original) => {
      const creator = request.message.channel_info?.creator_id ?? 0n;
      return rang.has(creator) ? original(request, context) : [reply(commands.VOIP_BYE_RSP, { error_code: 200 })];
    });
  },
};
