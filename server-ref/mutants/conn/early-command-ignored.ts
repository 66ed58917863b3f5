import type { Mutant } from "../mutant.ts";

/** CONN-15: ignores commands before login and leaves the connection open. */
export const earlyCommandIgnored: Mutant = {
  name: "early-command-ignored",
  breaks: ["CONN-15"],
  title: "ignores commands before login and leaves the connection open",
  story: "The check for login was written once, in front of every handler, as `if (!loggedIn) return`.",
  apply(seams) {
    seams.gate.onEarlyCommand = () => "ignore";
  },
};
