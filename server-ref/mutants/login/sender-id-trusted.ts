import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { trustUserIds } from "../wrap/users.ts";

/** LOGIN-17: sends messages in the name of whoever the body names. */
export const senderIdTrusted: Mutant = {
  name: "sender-id-trusted",
  breaks: ["LOGIN-17"],
  companions: [{ rule: "CONN-14", reason: "a body that is cut off names no sender, and the message is answered" }],
  title: "sends messages in the name of whoever the body names",
  story: "The sender is a field of the message, so it seemed needless to look it up.",
  apply(seams) {
    trustUserIds(seams, [commands.MSG_DATA]);
  },
};
