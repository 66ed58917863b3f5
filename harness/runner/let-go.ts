import type { Peer } from "./peer.ts";

/** Lets go of connections: of each once the target has ended the one before, where users come and go one after another. */
export async function letGo(peers: readonly Peer[]): Promise<void> {
  let isEnded = true;
  for (const peer of peers) {
    peer.release();
    // A target that does not end one ends the others no sooner.
    if (isEnded) isEnded = await peer.gone;
  }
}
