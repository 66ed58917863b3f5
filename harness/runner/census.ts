import type { LoopWatch } from "./loop-watch.ts";
import type { Peer } from "./peer.ts";
import type { TargetTimers } from "./timers.ts";

/** Connections that all end within this time, in milliseconds, were ended by one thing: the target has restarted. */
const AT_ONCE_MS = 1_000;
/** What comes so long after a connection's end was sent by a target that lives on, in milliseconds. */
const AFTERWARDS_MS = 500;
/** How often a pending answer is looked for, in milliseconds. */
const LOOK_MS = 100;
/** How long the connections of a case that is over are remembered, in milliseconds. */
const MEMORY_MS = 5_000;

interface Entry {
  readonly owner: string;
  readonly peer: Peer;
}

/** When a command was last answered, and which request went unanswered first since then, in `performance.now()`. */
interface Service {
  answeredAt: number;
  /** When the newest request was sent that was answered. */
  readonly askedAt: number;
  unansweredAt?: number | undefined;
}

/** A request that is due an answer. */
export interface Unanswered {
  /** The name of the request. */
  readonly command: string;
  /** In `performance.now()`. */
  readonly sentAt: number;
}

/** How far a connection has come. */
export interface Life {
  /** The case, or whoever else it belongs to. */
  readonly owner: string;
  /** When it was opened, in `performance.now()`. */
  readonly openedAt: number;
  /** For how long it was open, in milliseconds. */
  readonly ageMs: number;
  /** Requests that were answered on it. */
  readonly answers: number;
  /** When the target ended it, in `performance.now()`; undefined when it did not. */
  readonly endedAt: number | undefined;
  /** Whether it was ended by the target although its client had given no reason. */
  readonly isUnasked: boolean;
  readonly isOpen: boolean;
  /** Whether the target ended it as soon as it came, without a word. */
  readonly isTurnedAway: boolean;
}

/** Every connection of a run: whether one was ended, or all of them. */
export class ConnectionCensus {
  readonly #timers: TargetTimers;
  readonly #watch: LoopWatch;
  #entries: Entry[] = [];
  /** Those that are remembered no more as connections. */
  readonly #past: Life[] = [];
  #lastLoginAt = 0;
  readonly #services = new Map<string, Service>();
  /** By owner, the commands whose answers it has read. */
  readonly #read = new Map<string, Set<string>>();
  /** By owner, the commands whose answers it waited for in vain. */
  readonly #inVain = new Map<string, Set<string>>();
  /** Those that ended because something did not come in time. */
  readonly #endedLate = new Set<string>();

  /** @param watch knows how late the suite itself was */
  constructor(timers: TargetTimers, watch: LoopWatch) {
    this.#timers = timers;
    this.#watch = watch;
  }

  /** Requests whose answers come later than cases wait for, as was seen before the first of them: names of commands. */
  readonly late: Set<string> = new Set();

  /** Accounts that cases have taken for logins by token. */
  readonly tokens: { readonly user_id: bigint; readonly user_token: string }[] = [];

  /** When the target last let somebody in, in `performance.now()`. */
  get lastLoginAt(): number {
    return this.#lastLoginAt;
  }

  /** Somebody has logged in. */
  noteLogin(): void {
    this.#lastLoginAt = performance.now();
  }

  /** Whether a request of somebody who is served was answered in time, by the name of its command. */
  noteAnswer(owner: string, command: string, sentAt: number, isAnswered: boolean): void {
    const told = isAnswered ? this.#read : this.#inVain;
    told.set(owner, (told.get(owner) ?? new Set()).add(command));
    const service = this.#services.get(command);
    const askedAt = Math.max(sentAt, service?.askedAt ?? 0);
    if (isAnswered) this.#services.set(command, { answeredAt: performance.now(), askedAt });
    else if (service) service.unansweredAt ??= sentAt;
  }

  /** Whether a case has taken the answer to a command for what it says, by the name of its request. */
  hasRead(owner: string, command: string): boolean {
    return this.#read.get(owner)?.has(command) === true;
  }

  /** Whether a command was answered at least once, by the name of its request. */
  wasAnswered(command: string): boolean {
    return this.#services.has(command);
  }

  /** The names of the requests that were answered at least once. */
  get answered(): readonly string[] {
    return [...this.#services.keys()];
  }

  /** Whether nobody got an answer to a command who asked later, by the name of its request. */
  isSilentSince({ command, sentAt }: Unanswered): boolean {
    return (this.#services.get(command)?.askedAt ?? 0) <= sentAt;
  }

  /** Since when a command goes unanswered that was answered before; undefined while it is answered or never was. */
  silentSince(command: string): { readonly answeredAt: number; readonly unansweredAt: number } | undefined {
    const { answeredAt, unansweredAt } = this.#services.get(command) ?? {};
    return answeredAt === undefined || unansweredAt === undefined ? undefined : { answeredAt, unansweredAt };
  }

  /** What a case was left without an answer to, by the names of its requests. */
  inVain(owner: string): string[] {
    const own = this.#entries.filter((entry) => entry.owner === owner);
    return [
      ...(this.#inVain.get(owner) ?? []),
      ...own.flatMap(({ peer }) => [...peer.unanswered.map(({ command }) => command), ...peer.unansweredProvocations]),
    ];
  }

  /** A case is over. @param isLate whether something did not come in time, and not whether something wrong came */
  noteEnd(owner: string, isLate: boolean): void {
    if (isLate) this.#endedLate.add(owner);
    else this.#endedLate.delete(owner);
  }

  /** Whether a case ended, the last time, because something did not come in time. */
  hasEndedLate(owner: string): boolean {
    return this.#endedLate.has(owner);
  }

  /** Requests of a case that are due an answer. */
  unansweredOf(owner: string): Unanswered[] {
    return this.#entries.flatMap((entry) => (entry.owner === owner ? entry.peer.unanswered : []));
  }

  /** When a case first got a packet that nobody asked for, in `performance.now()`; undefined when it got none. */
  unaskedAt(owner: string): number | undefined {
    const times = this.#entries.flatMap((entry) => (entry.owner === owner ? (entry.peer.inbox.unaskedAt ?? []) : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Whether a case was ended because more came on one of its connections than it could ask for. */
  isFlooded(owner: string): boolean {
    return this.#entries.some((entry) => entry.owner === owner && entry.peer.isFlooded);
  }

  /** @param owner the case, or whoever else it belongs to */
  add(owner: string, peer: Peer): void {
    this.#forget();
    this.#entries.push({ owner, peer });
  }

  /** When the target ended connections of a case, newest first, in `performance.now()`. */
  endingsOf(owner: string): number[] {
    const endings = this.#entries.flatMap(({ owner: other, peer }) =>
      other === owner && !peer.timedOut(this.#timers) ? (endedByTarget(peer) ?? []) : [],
    );
    return endings.sort((one, other) => other - one);
  }

  /** Whether the target ended a connection of a case that had sent nothing wrong. */
  hasLost(owner: string): boolean {
    return this.#entries.some(({ owner: other, peer }) => other === owner && this.wasEnded(peer));
  }

  /** Whether the target ended a connection that had sent nothing wrong, and by no timer of its own. */
  wasEnded(peer: Peer): boolean {
    return !peer.hasProvoked && !peer.timedOut(this.#timers) && endedByTarget(peer) !== undefined;
  }

  /** What of the target's bytes on a connection of a case could not be read; undefined when all could. */
  unreadableOf(owner: string): string | undefined {
    return this.#entries.find(({ owner: other, peer }) => other === owner && peer.unreadable !== undefined)?.peer
      .unreadable;
  }

  /** How far every connection of the run has come. */
  lives(): Life[] {
    return [...this.#past, ...this.#entries.map((entry) => this.#lifeOf(entry))];
  }

  /** Whether a case has sent something that breaks the contract. */
  hasProvoked(owner: string): boolean {
    return this.#entries.some(({ owner: other, peer }) => other === owner && peer.hasProvoked);
  }

  /**
   * Who lost connections when all were ended at a time: the target closed or reset every connection that was open and
   * read then, within a second. Waits until that second is over when the answer hangs on it.
   * @returns the owners; undefined when some connection outlived that time, or when the suite was held up for as long,
   * so that it cannot tell what happened at once from what it read at once
   */
  async allEndedAt(time: number): Promise<ReadonlySet<string> | undefined> {
    const ended = this.#entries.filter(({ peer }) => endedByTarget(peer) === time);
    const begun = Math.min(time, ...ended.map(({ peer }) => peer.openedAt));
    for (;;) {
      if (this.#watch.longestSince(time - AT_ONCE_MS) >= AT_ONCE_MS) return undefined;
      // One that a timer of the target has ended tells nothing about the others.
      const open = this.#entries.filter(
        ({ peer }) =>
          wasOpenAt(peer, time - AT_ONCE_MS, time) &&
          // Who was gone before this one came was ended by something else.
          (endedByTarget(peer) ?? time) >= begun &&
          !peer.timedOut(this.#timers),
      );
      const survivors = open.filter(({ peer }) => endedByTarget(peer) === undefined);
      if (survivors.some(({ peer }) => (peer.inbox.newestAt ?? 0) > time + AFTERWARDS_MS)) return undefined;
      if (open.some(({ peer }) => (endedByTarget(peer) ?? time) > time + AT_ONCE_MS)) return undefined;
      if (survivors.length === 0) return new Set(open.map(({ owner }) => owner));
      const left = time + AT_ONCE_MS - performance.now();
      if (left <= 0) return undefined;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_MS)));
    }
  }

  #forget(): void {
    const horizon = performance.now() - MEMORY_MS;
    if ((this.#entries[0]?.peer.closing?.at ?? horizon) >= horizon) return;
    const isPast = ({ peer }: Entry): boolean => peer.closing !== undefined && peer.closing.at < horizon;
    this.#past.push(...this.#entries.filter(isPast).map((entry) => this.#lifeOf(entry)));
    this.#entries = this.#entries.filter((entry) => !isPast(entry));
  }

  #lifeOf({ owner, peer }: Entry): Life {
    const { openedAt, closing, inbox } = peer;
    const endedAt = endedByTarget(peer);
    return {
      ...{ owner, openedAt, endedAt },
      ageMs: (closing?.at ?? performance.now()) - openedAt,
      answers: inbox.answers,
      isUnasked: peer.isWelcome && this.wasEnded(peer),
      isOpen: closing === undefined,
      isTurnedAway: peer.isTurnedAway,
    };
  }
}

function endedByTarget({ closing, endedFirst }: Peer): number | undefined {
  return closing === undefined || closing.reason.how === "local" || endedFirst ? undefined : closing.at;
}

/** Whether a connection had been served by a time and had not ended before the window. */
function wasOpenAt(peer: Peer, begin: number, time: number): boolean {
  // What has never been answered may still lie with the kernel, which a restart need not end.
  if ((peer.inbox.oldestAt ?? time) >= time || !peer.notices) return false;
  const { closing } = peer;
  return closing === undefined || (closing.reason.how !== "local" && closing.at >= begin);
}
