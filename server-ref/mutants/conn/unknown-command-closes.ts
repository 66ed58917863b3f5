import type { Mutant } from "../mutant.ts";

/** CONN-13: closes the connection on a command that it does not know. */
export const unknownCommandCloses: Mutant = {
  name: "unknown-command-closes",
  breaks: ["CONN-13"],
  title: "closes the connection on a command that it does not know",
  story: "An unknown command was thought to be the work of an attacker.",
  apply(seams) {
    seams.gate.onUnknownCommand = () => "close";
  },
};
