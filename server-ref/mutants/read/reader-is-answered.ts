import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** READ-01: answers a read receipt. */
export const readerIsAnswered: Mutant = {
  name: "reader-is-answered",
  breaks: ["READ-01"],
  title: "answers a read receipt",
  story: "Every request has an answer, so this one got the notify that it causes.",
  apply(seams) {
    changeEffects(seams, commands.MSG_READ_ACK, (effects, { message }) => [
      ...effects,
      reply(commands.MSG_READ_NOTIFY, message),
    ]);
  },
};
