import { vu } from "k6/execution";
import type { Options } from "k6/options";
import {
  atEach,
  CIMSessionType,
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

/** Pairs of users write to each other; a virtual user of k6 is one pair, and keeps its connections for the whole run. */
const scenario: K6Scenario = defineK6Scenario({
  name: "chat",
  usersPerVu: 2,
  keepsConnection: true,
  defaults: { vus: 20, rate: 50 },
});

export const options: Options = scenario.options;
export const handleSummary: K6Scenario["handleSummary"] = scenario.handleSummary;

const { settings, users, messages } = scenario;

export default function chat(): Promise<void> {
  return scenario.session(async (session) => {
    const number = vu.idInTest - 1;
    // Pairs come up one after the other, so that the ramp is a ramp.
    await sleep((settings.rampMs * 0.8 * (number % settings.vus)) / settings.vus);
    const pair: K6Client[] = [];
    for (const user of users.take()) pair.push(await session.login(user));
    await converse(pair as [K6Client, K6Client], number, session.checks);
  });
}

async function converse(pair: [K6Client, K6Client], number: number, checks: SessionChecks): Promise<void> {
  const surroundings = { checks, messages, deliveryMetric: "msg_e2e" } as const;
  const session_type = CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
  const flows = pair.map((sender, index) => {
    const peer = pair[1 - index] as K6Client;
    return new MessageFlow(sender, index, { to_session_id: peer.user.user_id, session_type }, 1, surroundings);
  });
  for (const [index, client] of pair.entries()) {
    routeMessages(client, messages, (sender) => {
      const flow = flows[sender];
      return flow && sender !== index ? { flow, receiver: 0 } : undefined;
    });
  }
  const schedule = evenSchedule(measuredSpan(settings), settings.rate, number, settings.vus);
  let turn = number;
  await atEach(schedule, (at) => {
    void flows[turn++ % 2]?.send(at);
  });
  await Promise.all(flows.map((flow) => flow.finish(settings.drainMs)));
}
