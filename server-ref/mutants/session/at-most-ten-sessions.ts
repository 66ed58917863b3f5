import type { Mutant } from "../mutant.ts";
import { changeSessions } from "../wrap/store.ts";

/** SESS-01: lists at most ten sessions. */
export const atMostTenSessions: Mutant = {
  name: "at-most-ten-sessions",
  breaks: ["SESS-01"],
  title: "lists at most ten sessions",
  story: "The query got a limit for the first screen of an app.",
  apply(seams) {
    changeSessions(seams, (sessions) => sessions.slice(0, 10));
  },
};
