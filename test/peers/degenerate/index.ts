import type { PeerBehaviour } from "../peer.ts";
import { alwaysSuccess } from "./always-success.ts";
import { closing } from "./closing.ts";
import { echoing } from "./echoing.ts";
import { emptyAnswers } from "./empty-answers.ts";
import { randomFrames } from "./random-frames.ts";
import { resetting } from "./resetting.ts";
import { silent } from "./silent.ts";

/** Servers that are none: no case may pass against them without a stated reason. */
export const degenerateServers: readonly PeerBehaviour[] = [
  silent,
  closing,
  echoing,
  emptyAnswers,
  alwaysSuccess,
  randomFrames,
  resetting,
];
