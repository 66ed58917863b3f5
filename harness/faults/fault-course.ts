import type { FaultCourse } from "../result/index.ts";
import type { Participant } from "./traffic.ts";

/** Fine enough to see a break of half a second, in milliseconds. */
const INTERVAL_MS = 100;

/** The moments of a fault, on the clock of `performance.now()`. */
interface Moments {
  /** The traffic began. */
  readonly beganAt: number;
  readonly brokenAt: number;
  readonly healedAt: number;
  /** Nothing was waited for any more. */
  readonly endedAt: number;
  /** Everything was answered and everybody back by then. */
  readonly isWell: boolean;
}

/** What happened when, from what each participant noted. */
export function courseOf(participants: readonly Participant[], moments: Moments): FaultCourse {
  const { beganAt, brokenAt, healedAt, endedAt, isWell } = moments;
  const since = (moment: number): number => Math.max(0, Math.round(moment - beganAt));
  const sent = participants.flatMap((participant) => participant.sent);
  const owed = sent.filter(({ sentAt }) => sentAt <= healedAt).map(({ answeredAt }) => answeredAt);
  const back = participants.map(({ backAt }) => backAt);
  const recoveredAt = Math.max(healedAt, ...[...owed, ...back].filter((moment) => moment !== undefined));
  const answers = Array.from({ length: Math.ceil((since(endedAt) + 1) / INTERVAL_MS) }, () => 0);
  for (const { answeredAt } of sent) {
    const place = answeredAt === undefined ? -1 : Math.floor(since(answeredAt) / INTERVAL_MS);
    if (answers[place] !== undefined) answers[place] += 1;
  }
  return {
    brokenAtMs: since(brokenAt),
    healedAtMs: since(healedAt),
    ...(isWell && { recoveredAtMs: since(recoveredAt) }),
    endedAtMs: since(endedAt),
    sent: sent.length,
    acknowledged: sent.filter(({ serverMsgId }) => serverMsgId !== undefined).length,
    refused: sent.filter(({ isRefused }) => isRefused).length,
    breaks: participants.reduce((sum, { breaks }) => sum + breaks, 0),
    intervalMs: INTERVAL_MS,
    answers,
  };
}

/** How long it took to get well, as part of a sentence. */
export function recoveryText({ healedAtMs, recoveredAtMs }: FaultCourse): string {
  if (recoveredAtMs === undefined) return "not all well when the time for recovery was over";
  return `all well ${((recoveredAtMs - healedAtMs) / 1_000).toFixed(1)} s after the fault`;
}
