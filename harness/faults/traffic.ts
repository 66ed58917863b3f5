import { setTimeout as delay } from "node:timers/promises";
import { type CIMMsgData, commands } from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import { type Address, CimClient, isClientError, type Push } from "../client/index.ts";

/** A message and what became of it. */
export interface SentMessage {
  readonly clientMsgId: string;
  /** Place among the messages of its sender, from 0. */
  readonly index: number;
  /** The acknowledged `server_msg_id`; undefined when no acknowledgement came. */
  serverMsgId: bigint | undefined;
  /** The server answered that it does not take the message. */
  isRefused: boolean;
}

/** One user of a pair, with everything that was sent and delivered. */
export interface Participant {
  readonly client: CimClient;
  readonly account: Account;
  peer: Participant | undefined;
  readonly sent: SentMessage[];
  readonly delivered: CIMMsgData[];
  /** Breaks of the connection that it lived through. */
  breaks: number;
}

/** How much is sent. */
export interface TrafficOptions {
  /** Pause between two messages of one user, in milliseconds. */
  readonly pauseMs: number;
  /** Longest wait for an acknowledgement, over all breaks, in milliseconds. */
  readonly deadlineMs: number;
  /** Tag in every `client_msg_id`. */
  readonly tag: string;
}

/** Quick to notice and quick to come back, so that a run takes seconds; otherwise as the defaults of the client. */
const RESILIENT = {
  heartbeatMs: 500,
  deadlineMs: 5_000,
  connectDeadlineMs: 2_000,
  reconnect: { delaysMs: [100, 200, 400, 800] },
  pushQueueLimit: 0,
};

/** Logs in both users of a pair over `address`. */
export async function connectPair(
  address: Address,
  accounts: readonly Account[],
  label: string,
): Promise<Participant[]> {
  const pair = await Promise.all(
    accounts.map((account, i) => connectParticipant(address, account, `${label}${"ab"[i]}`)),
  );
  const [a, b] = pair as [Participant, Participant];
  a.peer = b;
  b.peer = a;
  return pair;
}

async function connectParticipant(address: Address, account: Account, label: string): Promise<Participant> {
  const client = await CimClient.connect(address, { ...RESILIENT, label });
  const participant: Participant = { client, account, peer: undefined, sent: [], delivered: [], breaks: 0 };
  client.onPush(commands.MSG_DATA, (message: CIMMsgData, _push: Push<CIMMsgData>) =>
    participant.delivered.push(message),
  );
  client.onState(({ status }) => {
    if (status === "waiting") participant.breaks++;
  });
  const { user_name, user_pwd } = account;
  await client.login({ user_name, user_pwd });
  return participant;
}

/** Sends until the signal is raised; resolves when each message is acknowledged, refused, or out of time. */
export async function keepSending(
  participant: Participant,
  options: TrafficOptions,
  signal: AbortSignal,
): Promise<void> {
  const underWay: Promise<void>[] = [];
  const to = (participant.peer as Participant).client.userId;
  while (!signal.aborted) {
    underWay.push(sendOne(participant, to, options));
    await delay(options.pauseMs, undefined, { signal }).catch(() => {});
  }
  await Promise.all(underWay);
}

async function sendOne(participant: Participant, to: bigint, { tag, deadlineMs }: TrafficOptions): Promise<void> {
  const index = participant.sent.length;
  const clientMsgId = `${tag}-${participant.client.userId}-${index}`;
  const message: SentMessage = { clientMsgId, index, serverMsgId: undefined, isRefused: false };
  participant.sent.push(message);
  const msg_data = Buffer.from(`message ${index} of ${participant.client.userId}`);
  try {
    const ack = await participant.client.sendMessage(to, { client_msg_id: clientMsgId, msg_data }, { deadlineMs });
    message.serverMsgId = ack.server_msg_id;
  } catch (error) {
    if (!isClientError(error)) throw error;
    message.isRefused = error.code === "refused";
  }
}
