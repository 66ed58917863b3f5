import type { PeerBehaviour } from "../peer.ts";

export const echoing: PeerBehaviour = {
  name: "echoing",
  title: "sends every packet back as it came",
  onFrame: (frame, socket) => socket.write(frame.bytes),
};
