import { encodeFrame, Framer } from "../../codegen/index.ts";
import type { FanOutSeam, GateSeam } from "../seams.ts";

/** Last number of a connection's own counter; 65535 and 0 are never used (CONN-11). */
const LAST_PUSH_NUMBER = 65534;

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
