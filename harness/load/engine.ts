import { CIMSessionType } from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import {
  Checker,
  type Conversation,
  type ConversationKind,
  isGroup,
  PayloadFormat,
  Violations,
} from "../check/index.ts";
import type { Address } from "../client/index.ts";
import { AwakeClock, ClockBound, nowMicros, Recorder, SelfMonitor, toUnixMillis } from "../measure/index.ts";
import { type LoginRequest, loginRequestOf } from "./accounts.ts";
import { Judge, type JudgeSurroundings } from "./judge.ts";
import type { CloseCause } from "./link/close-cause.ts";
import { type ConversationLayer, type LoadPlan, sizeOf, type WorkerShare } from "./plan.ts";
import { TargetAddresses } from "./target-addresses.ts";
import { TimerWheel } from "./timer-wheel.ts";
import type { UserHost, UserState } from "./user-host.ts";
import { VirtualUser } from "./virtual-user.ts";

/** The timers of one user. */
export const timerKinds = ["heartbeat", "action", "request", "login", "sleep"] as const;

/** What a timer is for. */
export type TimerKind = (typeof timerKinds)[number];

const sessionTypes: Record<ConversationLayer["kind"], ConversationKind> = {
  pair: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
  group: CIMSessionType.kCIM_SESSION_TYPE_GROUP,
};

/** Who is called when a user comes or goes, or one of its timers is due. */
export interface EngineListener {
  userOnline(user: VirtualUser): void;
  /** @param before state in which the connection was lost */
  userLost(user: VirtualUser, before: UserState, cause: CloseCause): void;
  timerDue(user: VirtualUser, kind: TimerKind, dueMillis: number): void;
}

/** The users of one worker and all that they share: checker, recorder, timers. */
export class Engine implements UserHost, JudgeSurroundings {
  readonly run: number;
  readonly isClosedModel: boolean;
  readonly violations: Violations = new Violations();
  readonly recorder: Recorder = new Recorder();
  readonly monitor: SelfMonitor = new SelfMonitor();
  readonly addresses: TargetAddresses;
  /** What logins tell of the target's clock. */
  readonly clockBound: ClockBound = new ClockBound();
  /** What is waited for is waited for on this clock. */
  readonly clock: AwakeClock = new AwakeClock((millis) => this.monitor.paused(millis));
  readonly checker: Checker;
  readonly payload: PayloadFormat;
  readonly wheel: TimerWheel;
  readonly users: VirtualUser[] = [];
  /** On {@link clock}, by position among {@link users}. */
  readonly #loginDeadlines: Float64Array<ArrayBuffer>;
  /** When each user last logged in or sent a heartbeat, in `performance.now()`. */
  readonly #aliveAt: Float64Array<ArrayBuffer>;
  readonly #plan: LoadPlan;
  readonly #share: WorkerShare;
  readonly #listener: EngineListener;
  readonly judge: Judge;
  online = 0;
  /** {@link UserHost.isOver} */
  isOver = false;

  constructor(plan: LoadPlan, share: WorkerShare, layers: readonly ConversationLayer[], listener: EngineListener) {
    this.#plan = plan;
    this.#share = share;
    this.#listener = listener;
    this.run = plan.run;
    this.addresses = new TargetAddresses(plan.target);
    this.isClosedModel = plan.model === "closed";
    this.payload = new PayloadFormat(plan.payloadBytes, plan.seed, plan.payloadText);
    this.checker = new Checker(this.violations, {
      conversations: countConversations(share.users, layers),
      // A layer has fewer conversations than users, so that no two workers share a number.
      firstNumber: share.firstUser * layers.length,
      run: plan.run,
      nameOf: (user) => this.nameOf(user),
      tellingOf: (index) => this.payload.telling(index),
    });
    this.judge = new Judge(this, {
      // WebSocket carries one packet per message, so packets are not joined there.
      joinsPackets: plan.target.addresses.every(({ scheme }) => scheme === "tcp" || scheme === "tls"),
    });
    this.#loginDeadlines = new Float64Array(share.users);
    this.#aliveAt = new Float64Array(share.users);
    this.wheel = new TimerWheel(share.users * timerKinds.length, performance.now(), (timer, due) => {
      const user = this.users[Math.floor(timer / timerKinds.length)] as VirtualUser;
      this.#listener.timerDue(user, timerKinds[timer % timerKinds.length] as TimerKind, due);
    });
    this.#populate(layers);
  }

  setTimer(user: VirtualUser, kind: TimerKind, dueMillis: number): void {
    this.wheel.set(this.#timer(user.number, kind), dueMillis);
  }

  clearTimer(user: VirtualUser, kind: TimerKind): void {
    this.wheel.clear(this.#timer(user.number, kind));
  }

  addressFor(user: number, attempts: number): Address {
    return this.addresses.of(user, attempts);
  }

  loginRequestOf(user: number): LoginRequest {
    return loginRequestOf(this.#account(user));
  }

  /** A user in words, for examples of violations. @param user number within the run */
  nameOf(user: number): string {
    return `user ${this.userIdOf(user)} (number ${user})`;
  }

  /** The id by which a member addresses a conversation: the peer, or the group. 0 while it is not known. */
  sessionIdFor(conversation: Conversation, position: number): bigint {
    if (isGroup(conversation)) return conversation.groupId;
    return this.#user(conversation.members[1 - position] as number).userId;
  }

  /** The member at a position of a conversation. */
  userOf(conversation: Conversation, position: number): VirtualUser {
    return this.#user(conversation.members[position] as number);
  }

  userIdOf(user: number): bigint {
    return this.#user(user).userId;
  }

  /** The user has logged in or sent a heartbeat. */
  isAlive(user: number): void {
    this.#aliveAt[user - this.#share.firstUser] = performance.now();
  }

  /** For how long a user has sent no heartbeat, in milliseconds; its login counts as one. */
  silenceOf(user: number): number {
    return performance.now() - (this.#aliveAt[user - this.#share.firstUser] as number);
  }

  armLoginTimeout(user: number): void {
    const deadline = this.clock.now() + this.#plan.loginTimeoutMs;
    this.#loginDeadlines[user - this.#share.firstUser] = deadline;
    this.wheel.set(this.#timer(user, "login"), this.clock.toMonotonic(deadline));
  }

  requestDeadline(): number {
    return this.clock.now() + this.#plan.requestTimeoutMs;
  }

  armRequestTimeout(user: number, deadlineMillis: number): void {
    const timer = this.#timer(user, "request");
    if (!this.wheel.isSet(timer)) this.wheel.set(timer, this.clock.toMonotonic(deadlineMillis));
  }

  /** The timer of a login has come: ends the login, or waits on where the clock stood still meanwhile. */
  loginDue(user: VirtualUser): void {
    const deadline = this.#loginDeadlines[user.number - this.#share.firstUser] as number;
    if (this.clock.now() >= deadline) user.loginTimedOut();
    else this.setTimer(user, "login", this.clock.toMonotonic(deadline));
  }

  loggedIn(number: number, sentAt: number, serverSeconds: number): void {
    const user = this.#user(number);
    const now = nowMicros();
    this.clockBound.add(toUnixMillis(sentAt), toUnixMillis(now), serverSeconds);
    this.online++;
    user.attempts = 0;
    this.isAlive(number);
    this.clearTimer(user, "login");
    this.recorder.latency("login", now - sentAt, sentAt);
    this.recorder.count("logins", sentAt);
    user.conversations.forEach((conversation, at) => {
      this.checker.cameOnline(conversation, user.positions[at] as number);
    });
    // The first heartbeat comes at any time within the interval, or all would come at once for ever.
    this.setTimer(user, "heartbeat", performance.now() + this.#plan.heartbeatMs * Math.random());
    user.sendAgain();
    this.#listener.userOnline(user);
  }

  userClosed(number: number, before: UserState, cause: CloseCause): void {
    const user = this.#user(number);
    this.clearTimer(user, "login");
    this.clearTimer(user, "heartbeat");
    if (before === "online") {
      this.online--;
      user.conversations.forEach((conversation, at) => {
        this.checker.wentOffline(conversation, user.positions[at] as number);
      });
    }
    this.#listener.userLost(user, before, cause);
  }

  /** A message was sent for the first time. @param at intended time */
  sent(at: number): void {
    this.recorder.count("sent", at);
  }

  /**
   * An arrival is acted on: from here on the target's answers decide when things happen, up to here the generator did.
   * @param at intended time
   */
  acting(at: number): void {
    if (this.recorder.isMeasured(at)) this.monitor.actedLate(nowMicros() - at);
  }

  /** Adds the users and their conversations. */
  #populate(layers: readonly ConversationLayer[]): void {
    const { firstUser, users } = this.#share;
    for (let number = firstUser; number < firstUser + users; number++) {
      const user = new VirtualUser(this, number);
      user.userId = this.#account(number).user_id ?? 0n;
      this.users.push(user);
    }
    for (const layer of layers) {
      const size = sizeOf(layer);
      for (let at = 0; at + 1 < users; at += size) {
        const members = this.users.slice(at, at + size);
        const numbers = members.map((user) => user.number);
        const conversation = this.checker.addConversation(sessionTypes[layer.kind], numbers);
        members.forEach((user, position) => {
          user.conversations.push(conversation);
          user.positions.push(position);
        });
      }
    }
  }

  #timer(user: number, kind: TimerKind): number {
    return (user - this.#share.firstUser) * timerKinds.length + timerKinds.indexOf(kind);
  }

  #account(number: number): Account {
    return this.#share.accounts[number - this.#share.firstUser] as Account;
  }

  #user(number: number): VirtualUser {
    return this.users[number - this.#share.firstUser] as VirtualUser;
  }
}

function countConversations(users: number, layers: readonly ConversationLayer[]): number {
  return layers.reduce((sum, layer) => sum + Math.ceil(users / sizeOf(layer)), 0);
}
