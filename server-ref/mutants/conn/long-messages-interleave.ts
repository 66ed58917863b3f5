import { commands, readHeader } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

const PIECE_BYTES = 4096;
const PAUSE_MS = 30;

/** CONN-19: lets other packets come between the halves of a long message. */
export const longMessagesInterleave: Mutant = {
  name: "long-messages-interleave",
  breaks: ["CONN-19"],
  companions: [{ rule: "CONN-18", reason: "the messages to the slow reader are long ones" }],
  title: "lets other packets come between the halves of a long message",
  story: "Long messages are written in two pieces, and nothing keeps a second writer from the connection meanwhile.",
  apply(seams) {
    const { write } = seams.gate;
    seams.gate.write = (socket, bytes) => {
      const { command_id, length } = readHeader(bytes);
      if (command_id !== commands.MSG_DATA.id || length <= PIECE_BYTES) return write(socket, bytes);
      write(socket, bytes.subarray(0, PIECE_BYTES));
      setTimeout(() => write(socket, bytes.subarray(PIECE_BYTES)), PAUSE_MS);
    };
  },
};
