import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { replacePackets } from "../wrap/packets.ts";

/** MSG-04: sends the acknowledgement under 0x0303 instead of 0x0302. */
export const ackUnderWrongCommand: Mutant = {
  name: "ack-under-wrong-command",
  breaks: ["MSG-04"],
  companions: [
    { rule: "CONN-04", reason: "there is no acknowledgement that could be judged" },
    { rule: "LOGIN-11", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-20", reason: "there is no acknowledgement that could be judged" },
    { rule: "GROUP-11", reason: "there is no acknowledgement that could be judged" },
    { rule: "GROUP-22", reason: "there is no acknowledgement that could be judged" },
    { rule: "ROBOT-03", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-01", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-03", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-05", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-10", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-16", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-17", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-19", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-21", reason: "there is no acknowledgement that could be judged" },
    { rule: "CONN-10", reason: "there is no acknowledgement that could be judged" },
    { rule: "CONN-16", reason: "there is no acknowledgement that could be judged" },
    { rule: "CONN-20", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-07", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-08", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-15", reason: "there is no acknowledgement that could be judged" },
    { rule: "FRIEND-03", reason: "there is no acknowledgement that could be judged" },
    { rule: "LOGIN-17", reason: "there is no acknowledgement that could be judged" },
    { rule: "MSG-18", reason: "there is no acknowledgement that could be judged" },
    { rule: "CONN-18", reason: "there is no acknowledgement that could be judged" },
  ],
  title: "sends the acknowledgement under 0x0303 instead of 0x0302",
  story: "The command ids were typed by hand, one line off.",
  apply(seams) {
    replacePackets(seams, (packet) =>
      packet.isReply && packet.command.id === commands.MSG_DATA_ACK.id
        ? [{ ...packet, command: { ...packet.command, id: commands.MSG_READ_ACK.id } }]
        : [packet],
    );
  },
};
