import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { loseFrames } from "../wrap/stream.ts";

/** CONN-12: ignores requests numbered 0. */
export const zeroNumberIgnored: Mutant = {
  name: "zero-number-ignored",
  breaks: ["CONN-12"],
  title: "ignores requests numbered 0",
  story: 'Number 0 is taken to mean "no answer wanted", so that handling the request seemed pointless too.',
  apply(seams) {
    loseFrames(seams, ({ header }) => header.seq_num === 0 && header.command_id !== commands.LOGIN_HEARTBEAT.id);
  },
};
