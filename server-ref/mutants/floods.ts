import { type Command, commands } from "../../codegen/index.ts";
import type { Seams } from "../seams.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { wrapHandle } from "./wrap/handlers.ts";
import { holdWrites } from "./wrap/writes.ts";

/** Everybody waits for so many milliseconds with each request of a command. */
function holdEach(seams: Seams, command: Command, ms: number): void {
  const hold = holdWrites(seams);
  wrapHandle(seams, command, (request, context, original) => {
    hold(ms);
    return original(request, context);
  });
}

/** Mutants of section CONN: work for one client that all others wait for. Each costs little until it comes in floods. */
export const floodMutants: readonly Mutant[] = [
  defineMutant({
    name: "pages-read-under-lock",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "answers nobody while a page of history is read",
    story: "Reading a page takes the lock of the message table, and whoever asks for pages takes it again at once.",
    apply: (seams) => holdEach(seams, commands.LIST_MSG_REQ, 10),
  }),
  defineMutant({
    name: "lists-made-under-lock",
    breaks: ["CONN-18"],
    companions: [{ rule: "CONN-03", reason: "a thousand lists that come at once are made later than anybody waits" }],
    disturbsOthers: true,
    title: "answers nobody while a session list is made",
    story: "The unread counts of a session list must fit together, so it is made under the lock of the whole store.",
    apply: (seams) => holdEach(seams, commands.LIST_RECENT_CONTACT_SESSION_REQ, 10),
  }),
  defineMutant({
    name: "broken-body-logged-at-once",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "answers nobody while it logs a body that does not parse",
    story: "The parser's error is logged with its stack, and the log is flushed to the disk with each line.",
    apply(seams) {
      const hold = holdWrites(seams);
      const { onUndecodableBody } = seams.gate;
      seams.gate.onUndecodableBody = (command, connection) => {
        hold(2);
        return onUndecodableBody(command, connection);
      };
    },
  }),
  defineMutant({
    name: "unknown-command-logged-at-once",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "answers nobody while it logs an unknown command",
    story: "A warning with the packet in hex helps whoever writes a client, and the logger writes synchronously.",
    apply(seams) {
      const hold = holdWrites(seams);
      const { onUnknownCommand } = seams.gate;
      seams.gate.onUnknownCommand = (commandId, connection) => {
        hold(2);
        return onUnknownCommand(commandId, connection);
      };
    },
  }),
  defineMutant({
    name: "heartbeat-saved-at-once",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "answers nobody while it saves when a user was last seen",
    story:
      "Each heartbeat updates the user's row in a transaction of its own, on the connection that all requests share.",
    apply: (seams) => holdEach(seams, commands.LOGIN_HEARTBEAT, 1.4),
  }),
  defineMutant({
    name: "messages-committed-alone",
    breaks: ["CONN-18"],
    disturbsOthers: true,
    title: "answers nobody while it commits a message",
    story:
      "Each message is a transaction of its own that is synced to the disk, and whoever has sent most is served first.",
    apply: (seams) => holdEach(seams, commands.MSG_DATA, 5),
  }),
];
