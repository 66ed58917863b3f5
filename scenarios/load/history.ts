import { defineScenario, HISTORY_PAGE, type Scenario, type VirtualUser } from "../../harness/load/index.ts";

/** Users page back through deep conversations. */
const history: Scenario = defineScenario({
  name: "history",
  title: "users page back through deep histories",
  description:
    "Before the traffic every pair fills its history. Each arrival then walks one conversation back to its beginning, " +
    "page by page; history has one sample per page. What is stored is compared with what was acknowledged at the end.",
  defaults: { clients: 100, rate: 10, duration: "30s" },
  options: {
    depth: {
      type: "number",
      default: 500,
      describe: "messages in each conversation",
      limits: { integer: true, minimum: 0 },
    },
    page: {
      type: "number",
      default: 50,
      describe: "messages of one page, at most 100",
      limits: { integer: true, minimum: 1, maximum: HISTORY_PAGE },
    },
  },
  conversations: () => [{ kind: "pair" }],
  async prepare(user, stage) {
    const conversation = user.conversations[0];
    if (!conversation || user.positionIn(conversation) !== 0) return;
    for (let n = 0; n < Number(stage.options["depth"]); n++) {
      if (!(await user.sendAndWait(conversation))) return;
    }
  },
  act: (user, at, stage) => walkBack(user, at, Number(stage.options["page"])),
});

async function walkBack(user: VirtualUser, at: number, limit: number): Promise<void> {
  const conversation = user.conversations[0];
  let before: bigint | undefined = 0n;
  let intended: number | undefined = at;
  while (conversation && before !== undefined) {
    const page: { msg_list: { server_msg_id: bigint }[] } | undefined = await user.history(
      conversation,
      before,
      limit,
      intended,
    );
    // Only the first page was due at the arrival; the following ones as soon as the one before is there.
    intended = undefined;
    before = page && page.msg_list.length === limit ? page.msg_list[0]?.server_msg_id : undefined;
  }
}

export default history;
