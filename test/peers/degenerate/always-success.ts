import type { PeerBehaviour } from "../peer.ts";
import { successAnswer } from "./success.ts";

export const alwaysSuccess: PeerBehaviour = {
  name: "always-success",
  title: "answers every request with success, echoes what it was sent, and does nothing",
  onFrame(frame, socket) {
    const answer = successAnswer(frame);
    if (answer) socket.write(answer);
  },
};
