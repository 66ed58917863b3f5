import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-14: turns characters of four bytes into question marks. */
export const emojiBecomeQuestionMarks: Mutant = {
  name: "emoji-become-question-marks",
  breaks: ["MSG-14"],
  companions: [{ rule: "MSG-16", reason: "the longest content is made of emoji, too" }],
  title: "turns characters of four bytes into question marks",
  story: "The column has the three-byte variety of UTF-8 that an old database calls utf8.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => {
      const text = Buffer.from(msg_data).toString();
      const isText = Buffer.from(text).equals(msg_data);
      return { msg_data: isText ? Buffer.from(text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, "?")) : msg_data };
    });
  },
};
