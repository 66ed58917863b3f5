import { isDeepStrictEqual } from "node:util";
import { CIMErrorCode, commands, describeMessage, type Registry } from "../../codegen/index.ts";
import type { Account, AccountSource } from "../accounts/index.ts";
import { type Address, isClientError } from "../client/index.ts";
import { isCuppingError } from "../errors.ts";
import type { TargetControl } from "../targets/index.ts";
import type { ConnectionCensus } from "./census.ts";
import { CouldNotRun, isCaseEnd, type LegalOutcome, RuleFailure } from "./failure.ts";
import { letGo } from "./let-go.ts";
import type { Limits } from "./limits.ts";
import { Peer, type Sent } from "./peer.ts";
import { CaseRecorder } from "./recording.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";
import type { SharedRestart } from "./shared-restart.ts";
import type { TargetTimers } from "./timers.ts";
import { CaseTrace, SHORT } from "./trace.ts";

/** What a case is given by its run. */
export interface CaseSurroundings {
  readonly address: Address;
  /** The commands of the contract that the target speaks. */
  readonly registry: Registry;
  /** The target's WebSocket address, when it has one beside `address`. */
  readonly webSocket: Address | undefined;
  /** The HTTP API, e.g. `http://127.0.0.1:18080`. */
  readonly http: string | undefined;
  readonly accounts: CaseAccounts;
  readonly control: TargetControl | undefined;
  /** One restart for all cases that run at the same time and want one. */
  readonly restarts?: SharedRestart | undefined;
  readonly timers: TargetTimers;
  /** What the target states that it keeps no more of. Default: nothing. */
  readonly limits?: Limits | undefined;
  /** Knows every connection of the run, where somebody asks about all of them together. */
  readonly census?: ConnectionCensus | undefined;
  /**
   * Users of a case log in and leave one after another, each once the target is done with the last: it does not state that
   * concurrency harms nobody.
   */
  readonly oneByOne?: boolean | undefined;
  /** Stretches every deadline of the suite. */
  readonly timeoutScale: number;
  readonly seed: number;
}

/** An account whose user id is known. */
export interface TestUser extends Account {
  readonly user_id: bigint;
}

/** The accounts of a run. */
export interface CaseAccounts extends AccountSource {
  /** The account with a certain id, when there is one that no other case uses. */
  withId?(id: bigint): TestUser | undefined;
}

/** A legal outcome, and whether it is the one that was seen. */
export interface PossibleOutcome extends LegalOutcome {
  readonly seen: boolean;
}

/** Longest wait for an answer or a push, in milliseconds: what the gate allows itself and real clients wait (LOGIN-16). */
const PATIENCE_MS = 3_000;

/** A user and the connection on which they are logged in. */
export interface LoggedIn {
  readonly user: TestUser;
  /** Replaced by a new one when a case logs the user in again. */
  peer: Peer;
}

/** What the body of a case works with: fresh users, connections, and checks whose failures explain themselves. */
export class CaseContext {
  readonly around: CaseSurroundings;
  /** Longest wait for an answer or a push, in milliseconds. */
  readonly patienceMs: number;
  readonly random: SeededRandom;
  readonly trace: CaseTrace;
  readonly recorder: CaseRecorder;
  readonly peers: Peer[] = [];
  readonly remarks: string[] = [];
  /** Why the case is to be reported as a warning although everything seen is legal. */
  warning: string | undefined;
  /** What was done, in words, when that is not what the head of the case says. */
  steps: readonly string[] | undefined;
  /** How often a failure was tried again and came again. */
  attempts: { runs: number; failures: number } | undefined;
  /** Raised when the case is over. */
  readonly signal: AbortSignal;
  /** Told when more comes on a connection than any case asks for: nothing more can be said about the rule. */
  onFlood: ((why: string) => void) | undefined;

  readonly #caseId: string;
  readonly #transport: string | undefined;
  #connections = 0;
  /** Fulfilled when the last login is over, where they follow each other. */
  #lastLogin: Promise<unknown> = Promise.resolve();

  /** @param transport where connections go unless they say: `ws`, `mixed` (in turn), else the target's own address */
  constructor(caseId: string, around: CaseSurroundings, signal: AbortSignal, transport?: string) {
    this.around = around;
    this.#caseId = caseId;
    this.trace = new CaseTrace(around.registry, around.accounts.secrets);
    this.recorder = new CaseRecorder(around.registry, around.accounts.secrets);
    this.#transport = transport;
    this.signal = signal;
    this.patienceMs = PATIENCE_MS * around.timeoutScale;
    this.random = seededRandom(around.seed, caseId);
  }

  /** Forgets the frames and lets go of the connections: the case tries once more with other users. */
  async beginAgain(): Promise<void> {
    const peers = this.peers.splice(0);
    await letGo(peers);
    this.recorder.restart();
    this.trace.restart();
  }

  /** Lets go of every connection of the case, whose verdict has been made. */
  async leave(): Promise<void> {
    await letGo(this.peers);
  }

  /** Opens a connection without logging in. A refused connection is a missing prerequisite. */
  async connect(name: string, address: Address = this.#nextAddress()): Promise<Peer> {
    const { trace, recorder, patienceMs, signal } = this;
    const { registry, census, oneByOne } = this.around;
    const noteAnswer = (command: string, sentAt: number, isAnswered: boolean): void =>
      census?.noteAnswer(this.#caseId, command, sentAt, isAnswered);
    const onFlood = (why: string): void => this.onFlood?.(why);
    const isLate = (command: string): boolean => census?.late.has(command) === true;
    const peer = await this.given(`connecting ${name}`, () =>
      Peer.open(name, {
        address,
        registry,
        trace,
        recorder,
        patienceMs,
        signal,
        noteAnswer,
        onFlood,
        oneByOne,
        isLate,
      }),
    );
    this.peers.push(peer);
    census?.add(this.#caseId, peer);
    return peer;
  }

  /** The address that the variant's transport gives to the next connection. */
  #nextAddress(): Address {
    const { address, webSocket } = this.around;
    const isWebSocket = this.#transport === "ws" || (this.#transport === "mixed" && this.#connections++ % 2 === 1);
    return isWebSocket ? (webSocket ?? address) : address;
  }

  /** A fresh account. Its user id may not be known yet. */
  async account(): Promise<Account> {
    return await this.#taking(() => this.around.accounts.take(this.signal));
  }

  /** A fresh account that is registered for this very call, where the run registers accounts. */
  async accountMadeNow(): Promise<Account> {
    const { accounts } = this.around;
    return await this.#taking(() => (accounts.makeNow ? accounts.makeNow(this.signal) : accounts.take(this.signal)));
  }

  /** Fresh users, each with its id, which a login tells. */
  async users(count: number): Promise<TestUser[]> {
    return await Promise.all(Array.from({ length: count }, () => this.user()));
  }

  /** A fresh user with its id. */
  async user(): Promise<TestUser> {
    const account = await this.account();
    if (account.user_id !== undefined) return account as TestUser;
    const peer = await this.connect("a user (finding the user id)");
    const user_id = await this.#logIn(peer, account);
    // The target answers the end with its own: then it knows that the user is offline (CONN-20).
    peer.endWriting();
    await peer.closed(this.patienceMs / 3);
    peer.close();
    return { ...account, user_id };
  }

  /** A fresh user with a login token. */
  async userWithToken(): Promise<TestUser & { user_token: string }> {
    const { accounts } = this.around;
    if (!accounts.takeWithToken) throw new CouldNotRun("no account with a login token is known");
    const { takeWithToken } = accounts;
    const account = await this.#taking(() => takeWithToken.call(accounts, this.signal));
    this.around.census?.tokens.push(account);
    return account;
  }

  /**
   * A logged-in connection. A login that fails is a missing prerequisite: LOGIN has cases of its own.
   * @param name of the connection in trace and messages, e.g. `alice/phone`
   */
  async login(account: Account, name: string, address?: Address): Promise<Peer> {
    const peer = await this.connect(name, address);
    await this.#logIn(peer, account);
    peer.keepAlive(this.around.timers.heartbeat / 4);
    return peer;
  }

  /** Like {@link login}, without the heartbeats that keep a connection alive in long cases. */
  async loginWithoutHeartbeat(account: Account, name: string): Promise<Peer> {
    const peer = await this.connect(name);
    await this.#logIn(peer, account);
    return peer;
  }

  /** A fresh user, logged in. */
  async freshLogin(name: string): Promise<LoggedIn> {
    const account = await this.account();
    const peer = await this.connect(name);
    const user_id = await this.#logIn(peer, account);
    peer.keepAlive(this.around.timers.heartbeat / 4);
    return { user: { ...account, user_id }, peer };
  }

  /** How many of something the target states that it keeps, or what the rules ask for where it states nothing. */
  limit(name: string, otherwise: number): number {
    return this.around.limits?.get(name) ?? otherwise;
  }

  /** Does something that the rule of this case builds on: if it fails, nothing can be said about the rule. */
  async given<T>(what: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (isCaseEnd(error, "rule-broken") || isClientError(error)) {
        throw new CouldNotRun(`${what} failed: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }

  /** Like {@link given} for a condition. */
  requires(condition: boolean, what: string): void {
    if (!condition) throw new CouldNotRun(what);
  }

  /** @throws RuleFailure when the value is another */
  equal<T>(actual: T, expected: T, what: string): void {
    if (isDeepStrictEqual(actual, expected)) return;
    throw new RuleFailure(`${what} is ${show(expected)}`, `${what} is ${show(actual)}`);
  }

  /** @throws RuleFailure when the condition does not hold */
  ensure(condition: boolean, expected: string, actual: string): void {
    if (!condition) throw new RuleFailure(expected, actual);
  }

  /** The value, which must be there. @throws RuleFailure when it is undefined */
  present<T>(value: T | undefined, expected: string, actual: string): T {
    if (value === undefined) throw new RuleFailure(expected, actual);
    return value;
  }

  /** Where a rule leaves freedom: one of the outcomes must have been seen. Its remark goes into the report. */
  oneOf(outcomes: readonly PossibleOutcome[], actual: string): void {
    const seen = outcomes.find((outcome) => outcome.seen);
    if (!seen) throw new RuleFailure(outcomes, actual);
    if (seen.remark !== undefined) this.remarks.push(`${seen.outcome}: ${seen.remark}`);
    if (seen.verdict === "warn") this.warning ??= `${actual}: legal, but ${seen.remark ?? "not recommended"}`;
  }

  /**
   * A request that must be refused: by silence or by an error answer, as the target likes. Concluded by a fence.
   * @param accepted whether an answer means that the request was done
   * @returns the error answer, if one came
   */
  async refused<R>(peer: Peer, sent: Sent<R>, accepted: (answer: R) => boolean): Promise<R | undefined> {
    const { answer } = await peer.aftermath(sent);
    // What was under way is still answered by a target that closes, the first fence included.
    const closing = (await peer.fence()) === "closed" ? peer.closing : undefined;
    const name = sent.command.name;
    const legal: LegalOutcome[] = [
      { outcome: `no answer to ${name}`, verdict: "pass" },
      { outcome: `an answer to ${name} whose code means an error`, verdict: "pass" },
    ];
    if (closing) throw new RuleFailure(legal, `the connection was closed`);
    await this.#othersAreServed(peer, name);
    if (!answer) return undefined;
    if (answer.message === undefined) throw new RuleFailure(legal, "an answer that cannot be decoded");
    if (accepted(answer.message)) throw new RuleFailure(legal, `an answer of success: ${show(answer.message)}`);
    return answer.message;
  }

  /** The control beside a refusal: a legal request on another connection of the case, when it has one. */
  async #othersAreServed(refused: Peer, name: string): Promise<void> {
    const other = this.peers.find((one) => one !== refused && one.isServed);
    if (!other) return;
    const state = await this.given(`a request by ${other.name} behind the refusal`, () => other.fence());
    this.ensure(state === "answered", `${other.name} is served after ${name} was refused`, "its connection was closed");
  }

  /** Restarts the target in order, with its store; every connection is gone then. Needs `restart`. */
  async restart(): Promise<void> {
    const { restarts, control } = this.around;
    await (restarts ? restarts.ready(this.signal) : control?.restart());
  }

  /** Lets time pass that a rule speaks of. Only for cases about timers. */
  elapse(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Math.max(0, milliseconds));
      const abort = (): void => {
        clearTimeout(timer);
        reject(this.signal.reason);
      };
      this.signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** An account that cannot be had is a missing prerequisite. */
  async #taking<T extends Account>(take: () => Promise<T>): Promise<T> {
    try {
      const account = await take();
      this.recorder.account(account);
      return account;
    } catch (error) {
      if (isCuppingError(error, "target") || isCuppingError(error, "usage")) throw new CouldNotRun(error.message);
      throw error;
    }
  }

  async #inTurn<T>(logIn: () => Promise<T>): Promise<T> {
    if (!this.around.oneByOne) return await logIn();
    const login = this.#lastLogin.then(() => Promise.all(this.peers.map((peer) => peer.gone))).then(logIn);
    this.#lastLogin = login.catch(() => {});
    return await login;
  }

  async #logIn(peer: Peer, account: Account): Promise<bigint> {
    const { user_name, user_pwd } = account;
    const answer = await this.given(`the login of ${peer.name}`, () =>
      this.#inTurn(() => peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd, client_version: "cupping" })),
    );
    const user_id = answer.user_info?.user_id ?? 0n;
    this.requires(
      answer.result_code === CIMErrorCode.kCIM_ERR_SUCCESS && user_id !== 0n,
      `the login of ${peer.name} failed: result_code ${answer.result_code}, user_id ${user_id}`,
    );
    peer.self = user_id;
    this.around.census?.noteLogin();
    return user_id;
  }
}

/** A value in words, short enough for one line. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  const text = JSON.stringify(describeMessage(value, {}, undefined, SHORT)) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
