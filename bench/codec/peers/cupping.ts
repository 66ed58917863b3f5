import { encodeFrame } from "../../../codegen/index.ts";
import type { Peer } from "./peer.ts";

/** The codec of this project. */
export const cupping: Peer = {
  name: "cupping",
  prepare: ({ command, message }) => ({
    encode: () => encodeFrame(command, message as never, 7),
    decode: (body) => command.body.decode(body),
  }),
};
