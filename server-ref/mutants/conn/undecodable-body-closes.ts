import type { Mutant } from "../mutant.ts";

/** CONN-14: closes the connection on a body that it cannot decode. */
export const undecodableBodyCloses: Mutant = {
  name: "undecodable-body-closes",
  breaks: ["CONN-14"],
  title: "closes the connection on a body that it cannot decode",
  story: "The decoder's error ends the loop that reads the connection.",
  apply(seams) {
    seams.gate.onUndecodableBody = () => "close";
  },
};
