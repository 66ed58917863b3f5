import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-02: lists the oldest session first. */
export const oldestFirst: Mutant = {
  name: "oldest-first",
  breaks: ["SESS-02"],
  title: "lists the oldest session first",
  story: "The order is ascending where nobody says otherwise.",
  apply(seams) {
    changeSessions(seams, (sessions) => sessions.reverse());
  },
};
