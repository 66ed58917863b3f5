import type { Mutant } from "../mutant.ts";
import { loseFrames } from "../wrap/stream.ts";

/** CONN-09: drops packets whose `flag`, `service_id` or `reversed` is not 0. */
export const reservedFieldsChecked: Mutant = {
  name: "reserved-fields-checked",
  breaks: ["CONN-09"],
  title: "drops packets whose `flag`, `service_id` or `reversed` is not 0",
  story: "A strict header check was written from the table of the contract, which says what senders write.",
  apply(seams) {
    loseFrames(seams, ({ header }) => (header.flag | header.service_id | header.reversed) !== 0);
  },
};
