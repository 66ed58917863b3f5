import { commands, encodeFrame } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Clears a screen, names a window, turns the direction of writing, and orders about a CI service. */
const HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\r\n::error title=owned::by the target\n##[group]owned";

/** Writes into what it answers whatever a terminal or a CI service would obey. */
export const writesEscapes: SickTarget = {
  name: "writes-escapes",
  title: "puts control characters and commands to CI services into its answers",
  async start() {
    const front = await Front.start({
      onAnswer({ header, body }, { client }) {
        if (header.command_id !== commands.MSG_DATA_ACK.id) return false;
        const ack = commands.MSG_DATA_ACK.body.decode(body);
        const changed = { ...ack, client_msg_id: ack.client_msg_id + HOSTILE };
        client.write(encodeFrame(commands.MSG_DATA_ACK, changed, header.seq_num));
        return true;
      },
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};
