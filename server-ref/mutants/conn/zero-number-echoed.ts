import type { Mutant } from "../mutant.ts";

/** CONN-12: answers a request numbered 0 with the number 0. */
export const zeroNumberEchoed: Mutant = {
  name: "zero-number-echoed",
  breaks: ["CONN-12"],
  title: "answers a request numbered 0 with the number 0",
  story: "Echoing the number is one line; the exception for 0 was not read.",
  apply(seams) {
    seams.gate.replyNumber = (command, requestNumber, nextPushNumber) =>
      command.replyNumberedAsPush ? nextPushNumber() : requestNumber;
  },
};
