import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type AccountSource, takeAccounts } from "../accounts/index.ts";
import { awakeDeadline } from "../awake-timeout.ts";
import { PageSize } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { PauseWatch } from "../measure/index.ts";
import type { FaultCourse } from "../result/index.ts";
import type { Target } from "../targets/index.ts";
import type { Fault } from "./fault.ts";
import { courseOf } from "./fault-course.ts";
import { FaultyLink } from "./faulty-link.ts";
import { type BrokenGuarantees, checkPair, type GuaranteeName, guarantees, type PairFindings } from "./guarantees.ts";
import { connectPair, keepSending, type Participant } from "./traffic.ts";

/** How a fault is run. */
export interface FaultRunOptions {
  /** Pairs of users who write to each other all the time. Default 4. */
  readonly pairs?: number | undefined;
  /** Pause between two messages of one user, in milliseconds. Default 20. */
  readonly pauseMs?: number | undefined;
  /** Longest time after the fault until everybody is back and everything is acknowledged. Default 30,000 ms. */
  readonly recoveryMs?: number | undefined;
  /** Tag of the run in the marks of its messages, 32 bits; by default one of its own. */
  readonly run?: number | undefined;
  /** Number of the first pair's conversation within the run; the other pairs have the next ones. Default 0. */
  readonly firstConversation?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Pairs of a fault, unless told otherwise. */
const DEFAULT_PAIRS = 4;

/** A tag by which the messages of one run are told from those of any other. */
export function newRunTag(): number {
  return randomBytes(4).readUInt32BE();
}

/** What a fault did. */
export interface FaultReport {
  readonly fault: Fault;
  readonly durationMs: number;
  readonly course: FaultCourse;
  readonly violations: BrokenGuarantees;
  /** Messages of another run on the same accounts: with any, `violations` say nothing about the target. */
  readonly ofAnotherRun: number;
  /** Why nobody could look at what some users have afterwards: what `violations` lacks is not known to hold then. */
  readonly unseen: readonly string[];
  /** Messages of one history page, as many as the server served. */
  readonly pageSize: number;
}

/** Traffic before and after a fault, in milliseconds. */
const CALM_MS = 500;

/**
 * Lets users send, makes something go wrong, and compares what was acknowledged with what the server has afterwards.
 * @throws CuppingError `harness` when this process stood still meanwhile
 */
export async function runFault(
  fault: Fault,
  target: Target,
  accounts: AccountSource,
  options: FaultRunOptions = {},
): Promise<FaultReport> {
  const { pairs: count = DEFAULT_PAIRS, pauseMs = 20, recoveryMs = 30_000, signal } = options;
  const { run = newRunTag(), firstConversation = 0 } = options;
  const started = performance.now();
  const link = await FaultyLink.open(target.address);
  const watch = new PauseWatch();
  const participants: Participant[] = [];
  const over = new AbortController();
  try {
    const users = await takeAccounts(accounts, count * 2, 8, signal);
    for (let i = 0; i < count; i++) {
      const mark = { run, conversation: firstConversation + i };
      const pair = users.slice(i * 2, i * 2 + 2);
      participants.push(...(await connectPair(link.address, pair, `pair ${i + 1} `, mark, signal)));
    }
    const sending = { pauseMs, deadlineMs: recoveryMs + 60_000 };
    const beganAt = performance.now();
    const traffic = Promise.all(participants.map((participant) => keepSending(participant, sending, over.signal)));
    const pause = async (milliseconds: number): Promise<void> => {
      await delay(milliseconds, undefined, signal && { signal });
    };
    await pause(CALM_MS);
    const brokenAt = performance.now();
    await fault.inflict({ link, control: target.control, services: target.services, traffic: pause });
    const healedAt = performance.now();
    await pause(CALM_MS);
    over.abort();
    const isWell = await settle(traffic, participants, recoveryMs, signal);
    const course = courseOf(participants, { beganAt, brokenAt, healedAt, endedAt: performance.now(), isWell });
    const size = new PageSize();
    const found = await checkAll(target, participants, size, signal);
    requireAwake(watch, recoveryMs);
    return {
      fault,
      durationMs: performance.now() - started,
      course,
      violations: found.broken,
      ofAnotherRun: found.ofAnotherRun,
      unseen: found.unseen,
      pageSize: size.limit,
    };
  } catch (error) {
    // What did not come in time may have come while nobody looked.
    if (!signal?.aborted) requireAwake(watch, recoveryMs);
    throw error;
  } finally {
    // Whatever ended the fault, nobody goes on sending: it would keep the process alive.
    over.abort();
    watch.stop();
    for (const { client } of participants) client.close();
    await link.close();
  }
}

/** Part of the time for recovery that this process may stand still and still judge by it. */
const PAUSE_SHARE = 0.25;

/** What the target owed while this process stood still is not known. */
function requireAwake(watch: PauseWatch, recoveryMs: number): void {
  const pauseMs = watch.longest(recoveryMs * PAUSE_SHARE);
  if (pauseMs === undefined) return;
  throw new CuppingError(
    "harness",
    `this process stood still for ${(pauseMs / 1_000).toFixed(1)} s (stopped, or suspended with its machine), so nothing is known of the target`,
  );
}

/**
 * Waits until everything is answered and everybody is back, or the time is up; the checks then find what is missing.
 * @returns whether everything was answered and everybody back in time
 */
async function settle(
  traffic: Promise<unknown>,
  participants: readonly Participant[],
  recoveryMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { signal: limit, clear } = awakeDeadline(recoveryMs, signal);
  const late = new Promise<void>((resolve) => limit.addEventListener("abort", () => resolve(), { once: true }));
  const back = Promise.all(participants.map(({ client }) => client.ready({ deadlineMs: recoveryMs, signal: limit })));
  const well = Promise.all([traffic, back]).then(
    () => true,
    () => false,
  );
  try {
    const isWell = await Promise.race([well, late.then(() => false)]);
    signal?.throwIfAborted();
    await Promise.race([allDelivered(participants, limit), late]);
    return isWell;
  } finally {
    clear();
  }
}

/** Pushes of the last messages may still be under way when their acknowledgements have come. */
async function allDelivered(participants: readonly Participant[], limit: AbortSignal): Promise<void> {
  const isDelivered = ({ sent, peer }: Participant): boolean => {
    return sent.every(
      ({ index, serverMsgId }) => serverMsgId === undefined || (peer?.arrivals.timesOf(index) ?? 0) > 0,
    );
  };
  while (!limit.aborted && !participants.every(isDelivered)) await delay(20);
}

async function checkAll(
  target: Target,
  participants: readonly Participant[],
  size: PageSize,
  signal: AbortSignal | undefined,
): Promise<PairFindings> {
  const broken = Object.fromEntries(Object.keys(guarantees).map((name) => [name, []])) as unknown as BrokenGuarantees;
  let ofAnotherRun = 0;
  const unseen: string[] = [];
  for (let i = 0; i < participants.length; i += 2) {
    const found = await checkPair(target.address, participants.slice(i, i + 2), size, signal);
    for (const name of Object.keys(broken) as GuaranteeName[]) broken[name].push(...found.broken[name]);
    ofAnotherRun += found.ofAnotherRun;
    unseen.push(...found.unseen);
  }
  return { broken, ofAnotherRun, unseen };
}
