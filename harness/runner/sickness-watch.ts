import { setTimeout as delay } from "node:timers/promises";
import type { CaseResult } from "../result/index.ts";
import type { Canary, Refusal, Service } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus, Unanswered } from "./census.ts";
import { CouldNotRun } from "./failure.ts";
import { onlyThese, whatRan } from "./guard.ts";
import { letGo } from "./let-go.ts";
import { pause } from "./pause.ts";
import type { Peer } from "./peer.ts";
import type { TargetTimers } from "./timers.ts";

/** So many cases that ended badly, and the canary is asked whether the target still serves anybody. */
const BAD_IN_A_ROW = 5;
/** Longest wait for cases that are under way before the canary is asked by itself, in milliseconds. */
const QUIET_MS = 35_000;
/** How long before a restart a case may have ended whose input the target has died of, in milliseconds. */
const AFTERMATH_MS = 500;
/** Connections that end within this time of each other, in milliseconds, were ended by the same restart. */
const ONE_RESTART_MS = 1_000;
/** How late a case may notice that the target serves nobody, in milliseconds. */
const NOTICE_MS = 200;
/** Pause before the canary is asked again, in milliseconds: a target may refuse logins for as long as many come. */
const PAUSE_MS = 2_000;
/** Users who listen beside the cases: one connection of so many may be ended unasked, and theirs tells of it. */
const WITNESSES = 3;
/** How long they listen at least in a run that is about the target as a whole, in milliseconds. */
const LISTENED_MS = 4_000;
/** Connections that end within this time, in milliseconds, were ended by one thing. */
const AT_THE_SAME_MOMENT_MS = 100;
/** More cases than these that lost connections did not lose them by others' doing. */
const MOST_LOSERS = 30;
/** How a lack ends that tells of a request without an answer. */
const UNANSWERED = " is unanswered";
/** Longer than any run, in milliseconds. */
const FOR_EVER_MS = 2 ** 31 - 1;

/** A case and when it ran, in `performance.now()`. */
interface Span {
  readonly one: ConformanceCase;
  readonly from: number;
  to: number;
  /** What it came to, once it is over. */
  result?: CaseResult;
  /** What it sent and was left unanswered, when it failed. */
  unanswered?: readonly Unanswered[];
}

/** A case that ran while the target restarted. */
export interface Disturbed {
  readonly one: ConformanceCase;
  /** What it came to then. */
  readonly first: CaseResult;
  /** Whether that says nothing, because connections of others ended, too. */
  readonly isVoid: boolean;
  /** Whether it lost connections of its own, while others went on. */
  readonly lostOwn?: boolean;
  /** Whether the suite was held up while it ran, so that the target's own timers may have ended its connections. */
  readonly wasHeldUp?: boolean;
  /** Whether it ended badly while the target served nobody for a moment, and no connection tells why. */
  readonly wasRefused?: boolean;
}

/** What the watch needs of its run. */
export interface Watched {
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  /** Takes the result of a case for good. */
  settle(result: CaseResult): void;
  /** Gives up the rest of the run, and whatever is under way. */
  giveUp(reason: string): void;
  /** Something is wrong with the target that no case is guilty of. */
  blame(reason: string): void;
  /** Whether the suite itself was held up since a time of `performance.now()`, so that it cannot tell what was late. */
  isHeldUp(since: number): boolean;
  readonly timers: TargetTimers;
  /** Whether an ordinary witness may listen beside the cases. */
  readonly hasWitness: boolean;
  /** Raised when nobody wants to know any more. */
  readonly interrupt: AbortSignal;
}

/** What a target no longer does, as a sentence ends. */
const NO_LONGER: Readonly<Record<Service, string>> = {
  "register or log in": "registers anybody or logs anybody in",
  register: "registers anybody",
  "log in": "logs anybody in",
  send: "takes anybody's messages",
  read: "shows anybody a history",
};

/** Looks at cases that end badly for what they have in common: a target that has restarted, or that serves nobody. */
export class SicknessWatch {
  readonly #run: Watched;
  readonly #spans = new Map<string, Span>();
  readonly #restarts: number[] = [];
  readonly #disturbed = new Map<string, Disturbed>();
  /** Those that lost connections of their own while others went on. */
  readonly #lost = new Map<string, Disturbed>();
  readonly #over = new AbortController();
  #held: CaseResult[] = [];
  #witnesses: Promise<Peer | undefined>[] = [];
  #healthyAt: number = performance.now();
  #asking: Promise<void> | undefined;
  #quiet: Promise<void> | undefined;
  #endedUnasked = 0;
  /** Why the run was given up; what ends badly from then on says nothing either. */
  #end: string | undefined;
  #unaskedAt = Number.NEGATIVE_INFINITY;
  /** That it served nobody for a while, and then did again, in words. */
  #away: string | undefined;
  /** Whether it served nobody for a while, and then did again. */
  #wasAway = false;
  #readyAt = Number.NEGATIVE_INFINITY;

  constructor(run: Watched) {
    this.#run = run;
    this.#openWitnesses();
  }

  /** The users who listen are in, one connection behind the other: of a few in a row one is the third, or the fifth. */
  async ready(): Promise<void> {
    await Promise.all(this.#witnesses);
    if (this.#witnesses.length > 0) this.#readyAt = performance.now();
  }

  /** They have listened for long enough to say that connections stay open; or nobody wants to know any more. */
  async haveListened(): Promise<void> {
    const leftMs = this.#readyAt + LISTENED_MS - performance.now();
    if (leftMs > 0) await delay(leftMs, undefined, { signal: this.#run.interrupt }).catch(() => {});
  }

  /** A case is about to run: it waits while the canary wants to be alone. */
  async enter(one: ConformanceCase): Promise<void> {
    await this.#quiet;
    this.#spans.set(one.id, { one, from: performance.now(), to: Number.POSITIVE_INFINITY });
  }

  /** A case has run to its end. Settles it, and remembers a bad end until it is known that the target serves. */
  async leave(one: ConformanceCase, result: CaseResult): Promise<void> {
    const span = this.#spans.get(one.id) as Span;
    span.to = performance.now();
    span.result = result;
    const isBad = isBadEnd(result);
    if (result.status === "failed") span.unanswered = this.#run.census.unansweredOf(one.id);
    if (one.needs.includes("restart")) {
      this.#run.settle(result);
      return;
    }
    if (isBad && !this.#sawRestart(span)) await this.#lookForRestart(one, result);
    if (this.#end !== undefined) {
      this.#disturbed.delete(one.id);
      this.#run.settle(isBad ? madeVoid(result, this.#end) : result);
      return;
    }
    if (this.#disturbed.has(one.id)) return;
    if (this.#sawRestart(span)) this.#disturb(one, result);
    else if (!isBad) this.#run.settle(result);
    else {
      this.#held.push(result);
      this.#run.settle(result);
      if (this.#run.census.hasLost(one.id)) {
        const wasHeldUp = this.#run.isHeldUp(span.from);
        this.#lost.set(one.id, { one, first: result, isVoid: false, lostOwn: true, wasHeldUp });
      }
      if (this.#held.length >= BAD_IN_A_ROW) await this.#ask();
    }
  }

  /** The target was found dead and has been started again. */
  restarted(at: number): void {
    this.#noteRestart(at);
  }

  /**
   * The cases that ran while the target restarted, after all others have ended.
   * @param isExplained whether it is known why the target served nobody for a while, and is no fault
   */
  async takeDisturbed(isExplained: boolean = false): Promise<Disturbed[]> {
    if (this.#held.length > 1) await this.#ask();
    this.#held = [];
    if (this.#away !== undefined && !isExplained) this.#run.blame(this.#away);
    // One that refuses everybody now and then has refused single cases, too, when nobody asked.
    if (this.#wasAway) this.#refuse(this.#spans.values());
    const lost = [...this.#lost.values()].filter(({ one }) => !this.#disturbed.has(one.id));
    const disturbed = [...this.#disturbed.values(), ...(lost.length > MOST_LOSERS ? [] : lost)];
    this.#disturbed.clear();
    this.#lost.clear();
    return disturbed;
  }

  /** How often the connection of a user who only listened was ended, and those of others were not. */
  get endedUnasked(): number {
    return this.#endedUnasked;
  }

  /** For each restart that was seen, the cases that were under way. */
  get restarts(): string[][] {
    const times = [...this.#restarts].sort((one, other) => one - other);
    const first = times.filter((at, place) => place === 0 || at - (times[place - 1] as number) > ONE_RESTART_MS);
    return first.map((at) =>
      [...this.#spans.values()]
        .filter(({ from, to }) => from <= at && to + AFTERMATH_MS >= at)
        .map(({ one }) => one.id),
    );
  }

  /** Cases that ran at a time, those about timers apart, which wait nearly all the time. */
  suspectsAt(from: number, to: number = from): string[] {
    const spans = [...this.#spans.values()].filter((span) => span.from <= to && span.to >= from);
    const busy = spans.filter(({ one }) => one.waits === undefined);
    return (busy.length > 0 ? busy : spans).map(({ one }) => one.id);
  }

  /**
   * What the target answered when the run began and has left unanswered ever since, in every case that needed it: a
   * lock that was never given back.
   */
  tellSilence(): void {
    const lacking = Map.groupBy(
      [...this.#spans.values()].filter(({ result }) => result?.lack?.endsWith(UNANSWERED)),
      ({ result }) => result?.lack?.replace(UNANSWERED, "") ?? "",
    );
    const silent = [...lacking].flatMap(([command, spans]) => {
      const since = this.#run.census.silentSince(command);
      return since ? [{ command, spans, ...since }] : [];
    });
    const hindered = silent.reduce((sum, { spans }) => sum + spans.length, 0);
    const answeredAt = Math.max(...silent.map((one) => one.answeredAt));
    if (hindered < BAD_IN_A_ROW || this.#run.isHeldUp(answeredAt)) return;
    const suspects = this.suspectsAt(answeredAt, Math.min(...silent.map((one) => one.unansweredAt)));
    const names = silent.map(({ command }) => command);
    const no = `since ${suspects[0] ?? "then"} the target no longer answers ${names.join(", ")}`;
    this.#run.blame(`${no}, which it did before; ${whatRan(suspects)}; start it again, then ${onlyThese(suspects)}`);
    // What a case does without an answer is judged by what comes of it: nothing can. Some commands were asked for often
    // enough to be named; others fell silent with them, and one case alone asked for them.
    const isSilent = (request: Unanswered): boolean =>
      names.includes(request.command) || this.#run.census.isSilentSince(request);
    for (const { to, result, unanswered } of this.#spans.values()) {
      const isLater = to >= answeredAt - AFTERMATH_MS;
      if (result && isLater && unanswered?.some(isSilent)) this.#run.settle(madeVoid(result, no));
    }
  }

  /** Bad ends of which the target's state may be the cause are given up with the rest of the run. */
  void(reason: string): void {
    this.#end = reason;
    const held = [...this.#held, ...[...this.#disturbed.values()].map(({ first }) => first)];
    this.#held = [];
    this.#disturbed.clear();
    for (const result of held) this.#run.settle(isBadEnd(result) ? madeVoid(result, reason) : result);
  }

  stop(): void {
    this.#over.abort(new CouldNotRun("the run is over"));
    this.#releaseWitnesses();
  }

  #openWitnesses(): void {
    if (!this.#run.hasWitness) return;
    this.#releaseWitnesses();
    this.#witnesses = [];
    for (let place = 0; place < WITNESSES; place++) this.#openWitness(place);
  }

  /**
   * Not before the one in front of it is in: a target may not be asked to register several at the same time. Where that one
   * was not let in, this one need not try.
   */
  #openWitness(place: number): void {
    const before = place === 0 ? undefined : this.#witnesses[place - 1];
    const witness = Promise.resolve(before).then((peer) => {
      const isVain = before !== undefined && peer === undefined;
      return isVain || this.#over.signal.aborted ? undefined : this.#run.canary.witness(this.#over.signal);
    });
    this.#witnesses[place] = witness;
    void this.#listen(witness, place);
  }

  #releaseWitnesses(): void {
    void Promise.all(this.#witnesses).then((peers) => letGo(peers.filter((peer) => peer !== undefined)));
  }

  /** Nobody has a reason to end the connection of one who only listens, unless everybody's ends. */
  async #listen(opened: Promise<Peer | undefined>, place: number): Promise<void> {
    const witness = await opened;
    const closing = await witness?.closed(FOR_EVER_MS).catch(() => undefined);
    if (!witness || !closing || closing.reason.how === "local" || this.#over.signal.aborted) return;
    const isRestart =
      witness.timedOut(this.#run.timers) || (await this.#run.census.allEndedAt(closing.at)) !== undefined;
    // What ends two of them at the same moment happened once.
    if (!isRestart && closing.at - this.#unaskedAt > AT_THE_SAME_MOMENT_MS) this.#endedUnasked += 1;
    if (!isRestart) this.#unaskedAt = closing.at;
    if (this.#witnesses[place] === opened) this.#openWitness(place);
  }

  #sawRestart({ from, to }: Span): boolean {
    return this.#restarts.some((at) => at >= from && at <= to + AFTERMATH_MS);
  }

  /** A case lost connections: whether all others did at the same time. */
  async #lookForRestart(one: ConformanceCase, result: CaseResult): Promise<void> {
    for (const at of this.#run.census.endingsOf(one.id).slice(0, 3)) {
      const owners = await this.#run.census.allEndedAt(at);
      if (owners === undefined || owners.size === 0) continue;
      if ([...owners].some((owner) => owner !== one.id)) this.#noteRestart(at);
      // It was the only one with a connection: that one was closed may be all that happened.
      else this.#disturbed.set(one.id, { one, first: result, isVoid: false });
      return;
    }
  }

  #noteRestart(at: number): void {
    this.#restarts.push(at);
    this.#openWitnesses();
    for (const span of this.#spans.values()) {
      const { one, result } = span;
      if (result === undefined || this.#disturbed.has(one.id) || one.needs.includes("restart")) continue;
      // Of results that were settled already only those that held are left: the target may have died of their cases.
      if (this.#sawRestart(span)) this.#disturb(one, result);
    }
    this.#held = this.#held.filter(({ id }) => !this.#disturbed.has(id));
  }

  #disturb(one: ConformanceCase, first: CaseResult): void {
    // What held in spite of the restart holds; but the case may be the one that the target died of.
    if (!isBadEnd(first)) this.#run.settle(first);
    this.#disturbed.set(one.id, { one, first, isVoid: isBadEnd(first) });
  }

  #ask(): Promise<void> {
    this.#asking ??= this.#askCanary().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #askCanary(): Promise<void> {
    const begun = performance.now();
    const { canary, interrupt } = this.#run;
    const first = await canary.ask();
    if (interrupt.aborted) return;
    let refusal = first;
    if (first !== undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#quiet = promise;
      await this.#untilQuiet();
      await pause(PAUSE_MS, interrupt);
      refusal = await canary.ask();
      this.#quiet = undefined;
      if (!interrupt.aborted) {
        if (refusal !== undefined) this.#sick(refusal);
        else this.#servesAgain(first, begun);
      }
      resolve();
    }
    if (refusal !== undefined) return;
    this.#healthyAt = begun;
    this.#held = [];
  }

  /** Nobody was served for a while, and is again: what ended badly then says nothing, and runs again by itself. */
  #servesAgain({ service, why }: Refusal, since: number): void {
    if (this.#run.isHeldUp(since)) {
      this.#refuse(this.#held.flatMap(({ id }) => this.#spans.get(id) ?? []));
      return;
    }
    this.#wasAway = true;
    this.#away ??= `the target no longer ${NO_LONGER[service]} for a while (${why}), and does again after a pause: it limits how much may come at once, or was away; what ended badly then ran again, one case at a time`;
  }

  #refuse(spans: Iterable<Span>): void {
    for (const { one, result } of spans) {
      if (result === undefined || !isBadEnd(result) || this.#disturbed.has(one.id)) continue;
      if (one.waits || one.needs.includes("restart")) continue;
      this.#disturbed.set(one.id, { one, first: result, isVoid: true, wasRefused: true });
    }
  }

  /** Waits until no case is under way but those about timers. */
  async #untilQuiet(): Promise<void> {
    const latest = performance.now() + QUIET_MS;
    const isBusy = (): boolean =>
      [...this.#spans.values()].some(({ one, to }) => one.waits === undefined && to === Number.POSITIVE_INFINITY);
    while (isBusy() && performance.now() < latest) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  #sick({ service, why }: Refusal): void {
    const login = service === "register" ? 0 : this.#run.census.lastLoginAt;
    const served = Math.max(this.#healthyAt, login);
    const spans = this.#held.flatMap(({ id }) => this.#spans.get(id) ?? []);
    const first = spans.find(({ to }) => to >= served)?.one;
    const begun = spans.find(({ one, to }) => to >= served && !one.waits)?.from ?? served;
    const suspects = this.suspectsAt(served, Math.max(served, begun) + NOTICE_MS);
    const then = service === "register" ? "look at its HTTP API" : "start it again";
    const ran =
      suspects.length === 0
        ? `${whatRan(suspects)}; ${then}`
        : `${whatRan(suspects)}; ${then}, then ${onlyThese(suspects)}`;
    this.#run.giveUp(`since ${first?.id ?? "then"} the target no longer ${NO_LONGER[service]} (${why}); ${ran}`);
  }
}

/** Whether a case may have ended so because of the target's state, and not because of its rule. */
export function isBadEnd({ status, expected }: CaseResult): boolean {
  return status === "failed" || status === "couldNotRun" || (status === "warned" && expected !== undefined);
}

/** The result of a case that says nothing, because of something else. */
export function madeVoid(result: CaseResult, reason: string): CaseResult {
  return { ...result, status: "couldNotRun", reason: `${reason} (${result.reason ?? "while this case ran"})` };
}
