import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** PUSH-02: leaves `server_msg_id` out of the push. */
export const pushWithoutServerId: Mutant = {
  name: "push-without-server-id",
  breaks: ["PUSH-02"],
  title: "leaves `server_msg_id` out of the push",
  story: "The push passes on what the sender sent, in which the id is still 0.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, () => ({ server_msg_id: 0n }));
  },
};
