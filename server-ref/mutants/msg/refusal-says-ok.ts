import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** MSG-13: answers a refused message with `res_code` 1. */
export const refusalSaysOk: Mutant = {
  name: "refusal-says-ok",
  breaks: ["MSG-13"],
  companions: [
    { rule: "MSG-11", reason: "a refusal that says OK is an acceptance" },
    { rule: "MSG-12", reason: "a refusal that says OK is an acceptance" },
    { rule: "MSG-17", reason: "a refusal that says OK is an acceptance" },
    { rule: "MSG-20", reason: "the refusals whose traces are looked for are checked first" },
    { rule: "MSG-15", reason: "what is not stored whole must be refused" },
    { rule: "MSG-16", reason: "what is not stored whole must be refused" },
    { rule: "GROUP-12", reason: "a refusal that says OK is an acceptance" },
    { rule: "GROUP-16", reason: "a refusal that says OK is an acceptance" },
    { rule: "GROUP-32", reason: "a refusal that says OK is an acceptance" },
    { rule: "SESS-13", reason: "what former members send is refused" },
  ],
  title: "answers a refused message with `res_code` 1",
  story: "The code is set when the answer is made, and nobody changes it when the store says no.",
  apply(seams) {
    changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ res_code: 1 }));
  },
};
