import { commands } from "../../../codegen/index.ts";
import { defineScenario, type Scenario } from "../index.ts";

/** Users that ask for something, wait for the answer, and only then write: their sends wait for the target. */
const asking: Scenario = defineScenario({
  name: "test-asking",
  title: "asks first, then writes",
  conversations: () => [{ kind: "pair" }],
  async act(user, at) {
    await user.request(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: user.userId });
    if (user.conversations[0]) user.send(user.conversations[0], at);
  },
});

export default asking;
