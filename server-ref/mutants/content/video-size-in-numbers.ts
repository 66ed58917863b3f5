import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

function withNumbers(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(width|height)":"(\d+)"/g, '"$1":$2'),
  );
}

/** CONTENT-04: turns width and height of a video into numbers. */
export const videoSizeInNumbers: Mutant = {
  name: "video-size-in-numbers",
  breaks: ["CONTENT-04"],
  title: "turns width and height of a video into numbers",
  story: "The content is parsed and written again by a library that guesses types.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 5 ? withNumbers(msg_data) : msg_data,
    }));
  },
};
