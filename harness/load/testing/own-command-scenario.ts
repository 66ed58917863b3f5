import { type Command, commands } from "../../../codegen/index.ts";
import { defineScenario, type Scenario } from "../index.ts";

/** A command that CIM does not have, with an answer that it does not have either. */
export const ECHO: Command<{ user_id: bigint }, { user_id: bigint }> = {
  ...(commands.GROUP_LIST_REQ as unknown as Command<{ user_id: bigint }, { user_id: bigint }>),
  id: 0x7001,
  name: "ECHO_REQ",
  replyId: 0x7002,
  replyBody: commands.GROUP_LIST_REQ.body as unknown as Command<{ user_id: bigint }>["body"],
};

/** Users who ask for their own id by a command of a fork. */
const echo: Scenario = defineScenario({
  name: "test-own-command",
  title: "asks with a command of its own",
  metrics: { echo: "from the request to its answer" },
  async act(user, at, stage) {
    const answer = await user.request(ECHO, { user_id: user.userId }, "echo", at);
    if (answer?.user_id === user.userId) stage.record("echoed", 1, at);
  },
});

export default echo;
