import { encodeFrame, Framer } from "../../codegen/index.ts";
import type { FanOutSeam, GateSeam } from "../seams.ts";

/** Last number of a connection's own counter; 65535 and 0 are never used (CONN-11). */
const LAST_PUSH_NUMBER = 65534;

/** Who holds the most; undefined when nobody holds anything. */
function holdsMost<Holder>(held: ReadonlyMap<Holder, number>): Holder | undefined {
  let largest: Holder | undefined;
  let most = 0;
  for (const [holder, bytes] of held) {
    if (bytes <= most) continue;
    most = bytes;
    largest = holder;
  }
  return largest;
}

/** How the gate behaves towards connections when no mutant says otherwise. */
export function defaultGateSeam(): GateSeam {
  return {
    greet: () => [],
    createFramer: (maxLength) => new Framer(maxLength),
    onBadFrame: () => "close",
    onEarlyCommand: () => "close",
    onUnknownCommand: () => "ignore",
    onUndecodableBody: () => "ignore",
    nextPushNumber: (previous) => (previous >= LAST_PUSH_NUMBER ? 1 : previous + 1),
    replyNumber: (command, requestNumber, nextPushNumber) =>
      command.replyNumberedAsPush || requestNumber === 0 ? nextPushNumber() : requestNumber,
    encode: (command, message) => encodeFrame(command, message as object, 0),
    outgoing: undefined,
    incomingLimit: (asked) => asked,
    firstToGo: holdsMost,
    write: (socket, bytes) => socket.write(bytes),
    hangUp: (socket) => socket.end(),
  };
}

/** Who gets a push when no mutant says otherwise. */
export function defaultFanOutSeam(): FanOutSeam {
  return {
    recipients: (push, _userId, connections, origin) =>
      push.exceptOrigin ? connections.filter(({ id }) => id !== origin) : connections,
  };
}
