import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-07: lists only one of a user's and a group's session with the same number. */
export const sameNumberMerged: Mutant = {
  name: "same-number-merged",
  breaks: ["SESS-07"],
  title: "lists only one of a user's and a group's session with the same number",
  story: "The list is a map by session id.",
  apply(seams) {
    changeSessions(seams, (sessions) => [
      ...new Map(sessions.map((session) => [session.session_id, session])).values(),
    ]);
  },
};
