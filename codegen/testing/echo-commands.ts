import type { Command } from "../command.ts";
import { commands } from "../generated/commands.ts";
import { cimRegistry, createRegistry, type Registry } from "../registry.ts";

/** Body of {@link echo} and of its answer. */
export interface Echo {
  user_id: bigint;
}

/** The answer to {@link echo}; it also comes as a push. */
export const echoed: Command<Echo, never> = {
  // The body is borrowed from a command of CIM that has the one field.
  ...(commands.GROUP_LIST_REQ as unknown as Command<Echo, never>),
  id: 0x7002,
  name: "ECHO_RSP",
  replyId: undefined,
  replyBody: undefined,
  direction: "server-to-client",
};

/** A command that CIM does not have, as a fork would add it. */
export const echo: Command<Echo, Echo> = {
  ...echoed,
  id: 0x7001,
  name: "ECHO_REQ",
  replyId: echoed.id,
  replyBody: echoed.body,
  direction: "client-to-server",
};

/** CIM and the two. */
export const forkRegistry: Registry = createRegistry(
  [...cimRegistry.commands, echo as Command, echoed as Command],
  cimRegistry.fieldTypes,
);
