import type { PeerBehaviour } from "../peer.ts";

export const silent: PeerBehaviour = {
  name: "silent",
  title: "accepts connections and never says anything",
};
