import { cimRegistry, encodeFrame } from "../../../codegen/index.ts";
import type { PeerBehaviour } from "../peer.ts";

export const emptyAnswers: PeerBehaviour = {
  name: "empty-answers",
  title: "answers every request with the right command and an empty body",
  onFrame({ header: { command_id, seq_num } }, socket) {
    const answer = cimRegistry.byId(cimRegistry.byId(command_id)?.replyId ?? 0);
    if (answer) socket.write(encodeFrame(answer, {}, seq_num));
  },
};
