import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

function rounded(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replaceAll(/"(-?\d+)\.\d+"/g, '"$1"'),
  );
}

/** CONTENT-05: rounds latitude and longitude to whole degrees. */
export const locationRounded: Mutant = {
  name: "location-rounded",
  breaks: ["CONTENT-05"],
  title: "rounds latitude and longitude to whole degrees",
  story: "The content is parsed into a structure whose coordinates are integers.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 6 ? rounded(msg_data) : msg_data,
    }));
  },
};
