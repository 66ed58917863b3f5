import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** HIST-14: returns at most twenty messages however many were asked for. */
export const pagesOfTwenty: Mutant = {
  name: "pages-of-twenty",
  breaks: ["HIST-14"],
  companions: [
    { rule: "HIST-02", reason: "pages are shorter than asked for" },
    { rule: "HIST-05", reason: "a page that is too short ends the paging" },
    { rule: "HIST-06", reason: "pages are shorter than asked for" },
  ],
  title: "returns at most twenty messages however many were asked for",
  story: "A page of the app holds twenty.",
  apply(seams) {
    changeRequest(seams, commands.LIST_MSG_REQ, ({ limit_count }) => ({ limit_count: Math.min(limit_count, 20) }));
  },
};
