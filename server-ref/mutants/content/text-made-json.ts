import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-01: wraps texts in JSON. */
export const textMadeJson: Mutant = {
  name: "text-made-json",
  breaks: ["CONTENT-01"],
  companions: [
    { rule: "MSG-17", reason: "the content of a text is not what was sent" },
    { rule: "PUSH-05", reason: "the content of a text is not what was sent" },
    { rule: "MSGID-02", reason: "the content of a text is not what was sent" },
    { rule: "CONTENT-06", reason: "the content of a text is not what was sent" },
    { rule: "MSG-14", reason: "the content of a text is not what was sent" },
    { rule: "MSG-15", reason: "the content of a text is not what was sent" },
    { rule: "MSG-16", reason: "the content of a text is not what was sent" },
    { rule: "PUSH-02", reason: "the content of a text is not what was sent" },
    { rule: "SESS-03", reason: "the content of a text is not what was sent" },
    { rule: "HIST-08", reason: "the content of a text is not what was sent" },
    { rule: "CONN-19", reason: "the content of a text is not what was sent" },
  ],
  title: "wraps texts in JSON",
  story: "All other types are JSON objects, so that clients should find one here, too.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 1 ? Buffer.concat([Buffer.from('{"text":"'), msg_data, Buffer.from('"}')]) : msg_data,
    }));
  },
};
