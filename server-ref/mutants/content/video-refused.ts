import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-04: refuses videos. */
export const videoRefused: Mutant = {
  name: "video-refused",
  breaks: ["CONTENT-04"],
  companions: [{ rule: "PUSH-02", reason: "the message of the case is a video" }],
  title: "refuses videos",
  story: "The list of known types ends with voice messages.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 5 ? 0 : msg_type }));
  },
};
