import { vu } from "k6/execution";
import type { Options } from "k6/options";
import {
  atEach,
  CIMErrorCode,
  CIMSessionType,
  commands,
  defineK6Scenario,
  evenSchedule,
  type K6Client,
  type K6Scenario,
  MessageFlow,
  measuredSpan,
  routeMessages,
  type SessionChecks,
  sleep,
} from "../../harness/k6/index.ts";

/** Members of a group, all connected. */
const GROUP_SIZE = 5;

/** Every virtual user of k6 is a group of five; members write in turn, and each message must reach all the others. */
const scenario: K6Scenario = defineK6Scenario({
  name: "group",
  usersPerVu: GROUP_SIZE,
  keepsConnection: true,
  defaults: { vus: 5, rate: 20 },
});

export const options: Options = scenario.options;
export const handleSummary: K6Scenario["handleSummary"] = scenario.handleSummary;

const { settings, users, messages } = scenario;

export default function group(): Promise<void> {
  return scenario.session(async (session) => {
    const number = vu.idInTest - 1;
    await sleep((settings.rampMs * 0.8 * (number % settings.vus)) / settings.vus);
    const members: K6Client[] = [];
    for (const user of users.take()) members.push(await session.login(user));
    await converse(members, await createGroup(members), number, session.checks);
  });
}

async function createGroup(members: readonly K6Client[]): Promise<bigint> {
  const [owner, ...others] = members as [K6Client, ...K6Client[]];
  const reply = await owner.request(commands.GROUP_CREATE_DEFAULT_REQ, {
    user_id: owner.user.user_id,
    group_name: "k6",
    member_id_list: others.map((member) => member.user.user_id),
  });
  const groupId = reply.group_info?.group_id;
  if (reply.result_code !== CIMErrorCode.kCIM_ERR_SUCCESS || groupId === undefined) {
    throw new Error(`the group could not be created: code ${reply.result_code}`);
  }
  return groupId;
}

async function converse(
  members: readonly K6Client[],
  groupId: bigint,
  number: number,
  checks: SessionChecks,
): Promise<void> {
  const surroundings = { checks, messages, deliveryMetric: "fanout" } as const;
  const session = { to_session_id: groupId, session_type: CIMSessionType.kCIM_SESSION_TYPE_GROUP };
  const flows = members.map((sender, index) => new MessageFlow(sender, index, session, GROUP_SIZE - 1, surroundings));
  for (const [index, member] of members.entries()) {
    routeMessages(member, messages, (sender) => {
      const flow = flows[sender];
      // The sender is no receiver, so those behind it move up by one.
      return flow && sender !== index ? { flow, receiver: index > sender ? index - 1 : index } : undefined;
    });
  }
  let turn = number;
  await atEach(evenSchedule(measuredSpan(settings), settings.rate, number, settings.vus), (at) => {
    void flows[turn++ % GROUP_SIZE]?.send(at);
  });
  await Promise.all(flows.map((flow) => flow.finish(settings.drainMs)));
}
