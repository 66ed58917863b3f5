import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

function withoutThumbnail(json: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(json)
      .toString()
      .replace(/,?\s*"thumbUrl"\s*:\s*"[^"]*"/, ""),
  );
}

/** CONTENT-09: drops the address of an image's thumbnail. */
export const thumbnailDropped: Mutant = {
  name: "thumbnail-dropped",
  breaks: ["CONTENT-09"],
  title: "drops the address of an image's thumbnail",
  story: "The content is parsed into the structure of a file, which has no such field.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type, msg_data }) => ({
      msg_data: msg_type === 3 ? withoutThumbnail(msg_data) : msg_data,
    }));
  },
};
