import type { Mutant } from "../mutant.ts";

/** CONN-10: keeps only the lowest byte of the request's number. */
export const numberCutToAByte: Mutant = {
  name: "number-cut-to-a-byte",
  breaks: ["CONN-10"],
  companions: [{ rule: "CONN-11", reason: "the numbers from the counter are cut, too" }],
  title: "keeps only the lowest byte of the request's number",
  story: "An older protocol numbered its packets with one byte, and the field kept that type.",
  apply(seams) {
    const { replyNumber } = seams.gate;
    seams.gate.replyNumber = (command, requestNumber, nextPushNumber) =>
      replyNumber(command, requestNumber, nextPushNumber) & 0xff;
  },
};
