import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-03: gives caller and called user different channel names. */
export const channelNameChanges: Mutant = {
  name: "channel-name-changes",
  breaks: ["VOIP-03"],
  companions: [{ rule: "VOIP-04", reason: "the invitation carries another channel than the answer" }],
  title: "gives caller and called user different channel names",
  story: "The name is made when a packet is filled in, and it contains the time.",
  apply(seams) {
    changePushes(seams, commands.VOIP_INVITE_REQ, ({ channel_info }) => ({
      channel_info: channel_info && { ...channel_info, channel_name: `${channel_info.channel_name}-2` },
    }));
  },
};
