import type { PeerBehaviour } from "../peer.ts";

export const closing: PeerBehaviour = {
  name: "closing",
  title: "closes every connection at once",
  onConnect: (socket) => socket.end(),
};
