import { section as ack } from "./ack.ts";
import { section as friend } from "./friend.ts";
import { section as group } from "./group.ts";
import type { Handler, Section } from "./handler.ts";
import { section as heartbeat } from "./heartbeat.ts";
import { section as history } from "./history.ts";
import { section as login } from "./login.ts";
import { section as logout } from "./logout.ts";
import { section as messageId } from "./message-id.ts";
import { section as message } from "./msg.ts";
import { section as read } from "./read.ts";
import { section as session } from "./session.ts";
import { section as voip } from "./voip.ts";

/** All sections of behaviour that answer commands. */
export const sections: readonly Section[] = [
  login,
  heartbeat,
  logout,
  message,
  ack,
  read,
  session,
  history,
  messageId,
  group,
  friend,
  voip,
];

/** Every handler by its command id. */
export function handlersById(): Map<number, Handler> {
  return new Map(sections.flatMap(({ handlers }) => handlers.map((each) => [each.command.id, each])));
}
