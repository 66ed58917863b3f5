import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** HIST-06: does not answer a request for exactly 100 messages. */
export const hundredRefused: Mutant = {
  name: "hundred-refused",
  breaks: ["HIST-06"],
  title: "does not answer a request for exactly 100 messages",
  story: 'The check says "not below 100", as upstream\'s does.',
  apply(seams) {
    changeEffects(seams, commands.LIST_MSG_REQ, (effects, { message }) => (message.limit_count === 100 ? [] : effects));
  },
};
