import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

function rewritten(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(\d+)"/g, "$1"),
  );
}

/** CONTENT-02: turns the numbers of a file's description from strings into numbers. */
export const fileNumbersMadeNumbers: Mutant = {
  name: "file-numbers-made-numbers",
  breaks: ["CONTENT-02"],
  title: "turns the numbers of a file's description from strings into numbers",
  story: "The content is parsed and written again, and a size looks like a number.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 2 ? rewritten(msg_data) : msg_data,
    }));
  },
};
