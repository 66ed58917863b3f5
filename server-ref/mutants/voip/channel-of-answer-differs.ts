import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** VOIP-03: gives the answering device another channel name than the caller. */
export const channelOfAnswerDiffers: Mutant = {
  name: "channel-of-answer-differs",
  breaks: ["VOIP-03"],
  companions: [{ rule: "VOIP-08", reason: "the answering device gets another channel" }],
  title: "gives the answering device another channel name than the caller",
  story: "The name is made when a packet is filled in, and it contains the time.",
  apply(seams) {
    changeAnswers(seams, commands.VOIP_INVITE_REPLY_ACK, ({ channel_info }) => ({
      channel_info: channel_info && { ...channel_info, channel_name: `${channel_info.channel_name}-2` },
    }));
  },
};
