import type { Socket } from "node:net";
import { type Frame, Framer } from "../../codegen/index.ts";
import type { Passage } from "./proxy.ts";

/** Cuts what the server sends into packets, so that each can be passed on by itself. */
export function perFrame(pass: (frame: Frame, client: Socket) => void): Passage {
  const framer = new Framer();
  return {
    toClient(bytes, client) {
      framer.push(bytes);
      for (let frame = framer.next(); frame; frame = framer.next()) pass(frame, client);
    },
  };
}

/** Passes on what comes, and the end, in order, each a time of its own later. @param nextDelayMs in milliseconds */
export function late(
  passage: (pass: (bytes: Uint8Array, client: Socket) => void) => Passage,
  nextDelayMs: () => number,
): Passage {
  let last: Promise<void> = Promise.resolve();
  const afterDelay = (act: () => void): void => {
    const ready = new Promise<void>((resolve) => setTimeout(resolve, nextDelayMs()));
    last = Promise.all([last, ready]).then(act);
  };
  return {
    ...passage((bytes, client) => afterDelay(() => void client.write(bytes))),
    onServerEnd: (client) => afterDelay(() => void client.end()),
  };
}
