import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** HIST-14: returns one message less than was asked for. */
export const oneShortOfTheLimit: Mutant = {
  name: "one-short-of-the-limit",
  breaks: ["HIST-14"],
  companions: [
    { rule: "MSG-03", reason: "what was acknowledged is looked for page by page, and a short page ends the history" },
    { rule: "HIST-02", reason: "pages are shorter than asked for" },
    { rule: "HIST-05", reason: "a page that is too short ends the paging" },
    { rule: "HIST-06", reason: "pages are shorter than asked for" },
    { rule: "HIST-03", reason: "pages are shorter than asked for" },
  ],
  title: "returns one message less than was asked for",
  story: "One more row is read to see whether there is more, and the wrong one is dropped.",
  apply(seams) {
    changeRequest(seams, commands.LIST_MSG_REQ, ({ limit_count }) => ({
      limit_count: limit_count > 1 ? limit_count - 1 : limit_count,
    }));
  },
};
