import { commands } from "../../codegen/index.ts";
import { reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

/** HB-01. When the connection was last alive is the gate's business (HB-02). */
const heartbeat = handler({
  command: commands.LOGIN_HEARTBEAT,
  pipelined: true,
  handle: () => [reply(commands.LOGIN_HEARTBEAT, {})],
});

export const section: Section = { handlers: [heartbeat] };
