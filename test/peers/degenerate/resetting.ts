import { commands } from "../../../codegen/index.ts";
import type { PeerBehaviour } from "../peer.ts";
import { successAnswer } from "./success.ts";

/** Time for the answer to arrive, in milliseconds: a reset overtakes what the client has not read. */
const BEFORE_RESET_MS = 100;

export const resetting: PeerBehaviour = {
  name: "resetting",
  title: "answers a login with success and resets the connection",
  onFrame(frame, socket) {
    const answer = successAnswer(frame);
    const { command_id } = frame.header;
    if (!answer || (command_id !== commands.LOGIN_AUTH_REQ.id && command_id !== commands.LOGIN_AUTH_TOKEN_REQ.id))
      return;
    socket.write(answer, () => setTimeout(() => socket.resetAndDestroy(), BEFORE_RESET_MS));
  },
};
