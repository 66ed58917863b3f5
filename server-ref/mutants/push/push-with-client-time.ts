import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** PUSH-02: leaves `create_time` out of the push. */
export const pushWithClientTime: Mutant = {
  name: "push-with-client-time",
  breaks: ["PUSH-02"],
  companions: [
    { rule: "MSG-02", reason: "the time that the server stamped is seen in the push" },
    { rule: "MSG-04", reason: "the time that the server stamped is seen in the push" },
  ],
  title: "leaves `create_time` out of the push",
  story: "The push passes on what the sender sent, in which the time is not set.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, () => ({ create_time: 0 }));
  },
};
