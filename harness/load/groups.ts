import { CIMErrorCode, commands } from "../../codegen/index.ts";
import { type Conversation, isGroup } from "../check/index.ts";
import { nowMicros } from "../measure/index.ts";
import { forEachConcurrently } from "./concurrency.ts";
import type { Engine } from "./engine.ts";
import { groupRefusedError } from "./error-kinds.ts";

const CONCURRENT = 8;

/** Creates the groups of a worker: each by its first member that is online, with all members whose id is known. */
export async function createGroups(engine: Engine): Promise<void> {
  const groups = engine.checker.conversations.filter(isGroup);
  await forEachConcurrently(groups, CONCURRENT, (group) => createGroup(engine, group));
}

async function createGroup(engine: Engine, group: Conversation): Promise<void> {
  const members = group.members.map((_, position) => engine.userOf(group, position));
  const owner = members.find((member) => member.isOnline);
  if (!owner) return;
  const others = members.filter((member) => member !== owner && member.userId !== 0n);
  const answer = await owner.request(commands.GROUP_CREATE_DEFAULT_REQ, {
    user_id: owner.userId,
    group_name: `load ${group.number}`,
    member_id_list: others.map((member) => member.userId),
  });
  if (!answer) return;
  if (answer.result_code === CIMErrorCode.kCIM_ERR_SUCCESS) {
    engine.checker.groupCreated(group, answer.group_info?.group_id ?? 0n);
  } else engine.recorder.error(groupRefusedError(answer.result_code), nowMicros());
}
