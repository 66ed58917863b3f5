import { cimRegistry, commands, encodeRawFrame } from "../../../codegen/index.ts";
import { seededRandom } from "../../../harness/runner/seeded-random.ts";
import type { PeerBehaviour } from "../peer.ts";

const random = seededRandom(20_261_124, "random frames");
const ids = Object.values(commands).map(({ id }) => id);

/** A packet with a proper header, a command of the contract and a body of noise. */
function noise(seq_num: number, command_id: number = ids[random.integer(ids.length)] as number): Uint8Array {
  const body = Uint8Array.from({ length: random.integer(40) }, () => random.integer(256));
  return encodeRawFrame({ command_id, seq_num }, body);
}

export const randomFrames: PeerBehaviour = {
  name: "random-frames",
  title: "sends packets of noise, some of them under the command and the number of an answer",
  onConnect: (socket) => socket.write(noise(random.integer(0x1_0000))),
  onFrame({ header: { command_id, seq_num } }, socket) {
    socket.write(noise(seq_num));
    socket.write(noise(seq_num, cimRegistry.byId(command_id)?.replyId));
  },
};
