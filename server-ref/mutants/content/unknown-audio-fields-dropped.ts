import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

function withoutDuration(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replace(/,?\s*"duration"\s*:\s*"[^"]*"/, ""),
  );
}

/** CONTENT-03: drops what it does not know from a voice message. */
export const unknownAudioFieldsDropped: Mutant = {
  name: "unknown-audio-fields-dropped",
  breaks: ["CONTENT-03"],
  title: "drops what it does not know from a voice message",
  story: "The content is parsed into a structure that has no duration.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 4 ? withoutDuration(msg_data) : msg_data,
    }));
  },
};
