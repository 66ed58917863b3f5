import { type Command, commands } from "../../../codegen/index.ts";
import { type Echo, echo } from "../../../codegen/testing/echo-commands.ts";
import { defineScenario, type Scenario } from "../index.ts";

const asked: Readonly<Record<string, Command<Echo, Echo>>> = {
  echo,
  // Answered by a command that means something else to the engine.
  acknowledged: { ...echo, replyId: commands.MSG_DATA_ACK.id },
  nothing: { ...echo, replyId: undefined, replyBody: undefined },
};

/** Users who ask for their own id by a command of a fork. */
const ownCommand: Scenario = defineScenario({
  name: "test-own-command",
  title: "asks with a command of its own",
  metrics: { echo: "from the request to its answer" },
  options: { asks: { type: "string", default: "echo", describe: "by which answer" } },
  async act(user, at, stage) {
    const command = asked[stage.options["asks"] as string] as Command<Echo, Echo>;
    const answer = await user.request(command, { user_id: user.userId }, "echo", at);
    if (answer?.user_id === user.userId) stage.record("echoed", 1, at);
  },
});

export default ownCommand;
