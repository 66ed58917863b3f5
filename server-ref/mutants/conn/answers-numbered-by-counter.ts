import type { Mutant } from "../mutant.ts";

/** CONN-10: numbers its answers by its own counter, as it numbers pushes. */
export const answersNumberedByCounter: Mutant = {
  name: "answers-numbered-by-counter",
  breaks: ["CONN-10"],
  companions: [
    { rule: "LOGIN-17", reason: "an answer that echoes no number is taken for the next one" },
    { rule: "VOIP-05", reason: "answers of calls are told from pushes by their number" },
    { rule: "VOIP-08", reason: "answers of calls are told from pushes by their number" },
    { rule: "VOIP-16", reason: "answers of calls are told from pushes by their number" },
    { rule: "CONN-11", reason: "answers use up numbers of the counter that pushes are numbered by" },
  ],
  title: "numbers its answers by its own counter, as it numbers pushes",
  story: "There is one function that sends packets, and it numbers them all.",
  apply(seams) {
    seams.gate.replyNumber = (_command, _requestNumber, nextPushNumber) => nextPushNumber();
  },
};
