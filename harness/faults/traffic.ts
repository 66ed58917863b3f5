import { setTimeout as delay } from "node:timers/promises";
import { commands } from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import { encodeMark, type MessageMark } from "../check/index.ts";
import { type Address, CimClient, type ClientOptions, isClientError, withUser } from "../client/index.ts";
import { Arrivals } from "./arrivals.ts";

/** A message and what became of it. */
export interface SentMessage {
  readonly clientMsgId: string;
  /** Place among the messages of its sender, from 0. */
  readonly index: number;
  /** The acknowledged `server_msg_id`; undefined when no acknowledgement came. */
  serverMsgId: bigint | undefined;
  /** The server answered that it does not take the message. */
  isRefused: boolean;
  /** When it was given to the client, on the clock of `performance.now()`. */
  readonly sentAt: number;
  /** When the acknowledgement or the refusal came, on the same clock; undefined while none has come. */
  answeredAt: number | undefined;
}

/** What a user's side of a conversation held before the run: the accounts may have been used. */
export interface Before {
  readonly unread: number;
  /** `server_msg_id` of the newest message; 0 where there was none. */
  readonly newestId: bigint;
}

/** One user of a pair, with everything that was sent and delivered. */
export interface Participant {
  readonly client: CimClient;
  readonly account: Account;
  /** What the marks of its messages say beside their index. */
  readonly mark: Omit<MessageMark, "index">;
  readonly before: Before;
  peer: Participant | undefined;
  readonly sent: SentMessage[];
  readonly arrivals: Arrivals;
  /** Breaks of the connection that it lived through. */
  breaks: number;
  /** When it was logged in again after the last break, on the clock of `performance.now()`. */
  backAt: number | undefined;
}

/** How much is sent. */
export interface TrafficOptions {
  /** Pause between two messages of one user, in milliseconds. */
  readonly pauseMs: number;
  /** Longest wait for an acknowledgement, over all breaks, in milliseconds. */
  readonly deadlineMs: number;
}

/** Quick to notice and quick to come back, so that a run takes seconds; otherwise as the defaults of the client. */
const RESILIENT = {
  heartbeatMs: 500,
  deadlineMs: 5_000,
  connectDeadlineMs: 2_000,
  reconnect: { delaysMs: [100, 200, 400, 800] },
  pushQueueLimit: 0,
};

/**
 * A client that is closed with the signal, so that nobody waits for it any longer.
 * @throws ClientError; the signal's reason
 */
export async function connectUntil(
  address: Address,
  options: ClientOptions,
  signal: AbortSignal | undefined,
): Promise<CimClient> {
  const client = await CimClient.connect(address, { ...options, signal });
  const close = (): void => client.close();
  if (signal?.aborted) close();
  signal?.addEventListener("abort", close, { once: true });
  client.onState(({ status }) => {
    if (status === "closed") signal?.removeEventListener("abort", close);
  });
  return client;
}

/**
 * Logs in both users of a pair over `address`, and reads what their conversation held before.
 * @param mark what the marks of their messages have in common
 * @param signal raised to give up
 */
export async function connectPair(
  address: Address,
  accounts: readonly Account[],
  label: string,
  mark: Pick<MessageMark, "run" | "conversation">,
  signal?: AbortSignal,
): Promise<Participant[]> {
  const clients: CimClient[] = [];
  try {
    for (const [i, account] of accounts.entries()) {
      clients.push(await connectUntil(address, { ...RESILIENT, label: `${label}${"ab"[i]}` }, signal));
      const { user_name, user_pwd } = account;
      await clients[i]?.login({ user_name, user_pwd });
    }
    const [one, other] = clients as [CimClient, CimClient];
    const a = await takePart(one, accounts[0] as Account, other.userId, { ...mark, sender: 0 });
    const b = await takePart(other, accounts[1] as Account, one.userId, { ...mark, sender: 1 });
    a.peer = b;
    b.peer = a;
    return [a, b];
  } catch (error) {
    for (const client of clients) client.close();
    throw error;
  }
}

async function takePart(
  client: CimClient,
  account: Account,
  peerId: bigint,
  mark: Participant["mark"],
): Promise<Participant> {
  const before = await readBefore(client, peerId);
  const participant: Participant = {
    client,
    account,
    mark,
    before,
    peer: undefined,
    sent: [],
    arrivals: new Arrivals(mark.run),
    breaks: 0,
    backAt: undefined,
  };
  client.onPush(commands.MSG_DATA, (message) => {
    const { peer, arrivals } = participant;
    if (peer) arrivals.add(message, peer.mark, peer.sent.length);
  });
  client.onState(({ status }) => {
    if (status === "waiting") participant.breaks++;
    if (status === "ready") participant.backAt = performance.now();
  });
  return participant;
}

async function readBefore(client: CimClient, peerId: bigint): Promise<Before> {
  const { session_id, session_type } = withUser(peerId);
  const { contact_session_list } = await client.sessions();
  const session = contact_session_list.find(
    (one) => one.session_id === session_id && one.session_type === session_type,
  );
  const newest = await client.historyPage(peerId, { limit: 1 });
  return { unread: session?.unread_cnt ?? 0, newestId: newest.at(-1)?.server_msg_id ?? 0n };
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

async function sendOne(participant: Participant, to: bigint, { deadlineMs }: TrafficOptions): Promise<void> {
  const index = participant.sent.length;
  const clientMsgId = encodeMark({ ...participant.mark, index });
  const message: SentMessage = {
    clientMsgId,
    index,
    serverMsgId: undefined,
    isRefused: false,
    sentAt: performance.now(),
    answeredAt: undefined,
  };
  participant.sent.push(message);
  const msg_data = Buffer.from(`message ${index} of ${participant.client.userId}`);
  try {
    const ack = await participant.client.sendMessage(to, { client_msg_id: clientMsgId, msg_data }, { deadlineMs });
    message.serverMsgId = ack.server_msg_id;
    message.answeredAt = performance.now();
  } catch (error) {
    if (!isClientError(error)) throw error;
    message.isRefused = error.code === "refused";
    if (message.isRefused) message.answeredAt = performance.now();
  }
}
