import { CIMResCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { close, reply } from "./wrap/effects.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { replacePackets } from "./wrap/packets.ts";

const { kCIM_RES_CODE_OK: OK } = CIMResCode;
const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section ACK: confirmation of deliveries. */
export const ackMutants: readonly Mutant[] = [
  defineMutant({
    name: "confirmation-to-group-only",
    breaks: ["ACK-01"],
    title: "closes the connection when a group message is confirmed to its sender",
    story: "The session of a confirmation is looked up among the groups, and a session that is none is an attack.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA_ACK, async (effects, { message }, context) =>
        message.session_type === GROUP && (await context.store.groups([message.to_session_id])).length === 0
          ? [...effects, close]
          : effects,
      );
    },
  }),
  defineMutant({
    name: "confirmation-answered",
    breaks: ["ACK-02"],
    companions: [{ rule: "ACK-04", reason: "a confirmation of an unknown message is answered, too" }],
    title: "answers the confirmation of a push",
    story: "The command is the same as that of the acknowledgement, and so is the code that handles it.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA_ACK, (effects, { message }) => [
        ...effects,
        reply(commands.MSG_DATA_ACK, { ...message, res_code: OK }),
      ]);
    },
  }),
  defineMutant({
    name: "unconfirmed-push-closes",
    breaks: ["ACK-03"],
    title: "closes a connection that does not confirm a push in time",
    story: "A client that confirms nothing was taken for dead.",
    apply(seams) {
      const waiting = new Map<number, NodeJS.Timeout>();
      replacePackets(seams, (packet) => {
        const { connection, isReply, command } = packet;
        if (!isReply && command.id === commands.MSG_DATA.id && !waiting.has(connection.id)) {
          waiting.set(
            connection.id,
            setTimeout(() => connection.close(), seams.timers.ackTimeoutMs),
          );
        }
        return [packet];
      });
    },
  }),
  defineMutant({
    name: "unconfirmed-push-sent-again",
    breaks: ["ACK-03"],
    title: "sends a push again when it is not confirmed at once",
    story: "The repetition was set to a third of the waiting time.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, (effects, _request, context) => {
        const pushes = effects.filter((effect) => effect.kind === "push");
        context.after(seams.timers.ackTimeoutMs / 3, async () =>
          pushes.map((again) => ({ ...again, users: again.users.slice(0, 1) })),
        );
        return effects;
      });
    },
  }),
  defineMutant({
    name: "unknown-confirmation-closes",
    breaks: ["ACK-04"],
    title: "closes the connection when it confirms a message that does not wait for it",
    story: "Removing what is not in the list is an error, and errors close connections.",
    apply(seams) {
      const waiting = new Map<bigint, Set<string>>();
      replacePackets(seams, (packet) => {
        if (!packet.isReply && packet.command.id === commands.MSG_DATA.id) {
          const ids = waiting.get(packet.connection.self) ?? new Set();
          waiting.set(packet.connection.self, ids.add((packet.message as { client_msg_id: string }).client_msg_id));
        }
        return [packet];
      });
      changeEffects(seams, commands.MSG_DATA_ACK, (effects, { self, message }) =>
        waiting.get(self)?.has(message.client_msg_id) ? effects : [...effects, close],
      );
    },
  }),
];
