import type { Command, Partially } from "../../../codegen/index.ts";
import type { ConnectionView, OutgoingPacket, Seams } from "../../seams.ts";

/** Sends something else in the place of every packet; what earlier mutants made of it comes in. */
export function replacePackets(seams: Seams, replace: (packet: OutgoingPacket) => OutgoingPacket[]): void {
  const before = seams.gate.outgoing;
  seams.gate.outgoing = before ? (packet) => before(packet).flatMap(replace) : replace;
}

/** Changes fields of every packet of a command, or drops the packet (undefined). */
function changePackets<M>(
  seams: Seams,
  command: Command<M>,
  concerns: (packet: OutgoingPacket) => boolean,
  change: (message: Partially<M>, connection: ConnectionView) => Partially<M> | undefined,
): void {
  replacePackets(seams, (packet) => {
    if (packet.command.id !== command.id || !concerns(packet)) return [packet];
    const fields = change(packet.message as Partially<M>, packet.connection);
    return fields === undefined ? [] : [{ ...packet, message: { ...(packet.message as object), ...fields } }];
  });
}

/** Changes fields of the answers that travel as this command, or drops them. */
export function changeAnswers<M>(
  seams: Seams,
  command: Command<M>,
  change: (message: Partially<M>, connection: ConnectionView) => Partially<M> | undefined,
): void {
  changePackets(seams, command, ({ isReply }) => isReply, change);
}

/** Changes fields of the pushes that travel as this command, or drops them. */
export function changePushes<M>(
  seams: Seams,
  command: Command<M>,
  change: (message: Partially<M>, connection: ConnectionView) => Partially<M> | undefined,
): void {
  changePackets(seams, command, ({ isReply }) => !isReply, change);
}

/** Every connection that was ever made, oldest first; asking an ended one to close does nothing. */
export function watchConnections(seams: Seams): readonly ConnectionView[] {
  const connections: ConnectionView[] = [];
  const { greet } = seams.gate;
  seams.gate.greet = (connection) => {
    connections.push(connection);
    return greet(connection);
  };
  return connections;
}
