import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** HIST-07: returns twenty messages when none are asked for. */
export const zeroMeansDefault: Mutant = {
  name: "zero-means-default",
  breaks: ["HIST-07"],
  title: "returns twenty messages when none are asked for",
  story: 'Zero was taken for "not set", and what is not set has a default.',
  apply(seams) {
    changeRequest(seams, commands.LIST_MSG_REQ, ({ limit_count }) => ({ limit_count: limit_count || 20 }));
  },
};
