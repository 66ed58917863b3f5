import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONN-20: fails the first message to a user whose last connection has just ended. */
export const brokenPipeFailsTheSender: Mutant = {
  name: "broken-pipe-fails-the-sender",
  breaks: ["CONN-20"],
  companions: [
    { rule: "CONN-16", reason: "the first message to someone who just left fails" },
    { rule: "MSG-07", reason: "the first message to someone who just left fails" },
  ],
  title: "fails the first message to a user whose last connection has just ended",
  story: "Writing to the dead connection fails, and the error travels back to whoever sent the message.",
  apply(seams) {
    const justLeft = new Set<bigint>();
    seams.userOffline.push((userId) => {
      justLeft.add(userId);
      return [];
    });
    changeRequest(seams, commands.MSG_DATA, ({ to_session_id, msg_type }) => ({
      msg_type: justLeft.delete(to_session_id) ? 0 : msg_type,
    }));
  },
};
