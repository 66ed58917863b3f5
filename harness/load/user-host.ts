import type { CIMMsgData, CIMMsgDataAck, CIMMsgDataReadNotify } from "../../codegen/index.ts";
import type { Checker, Conversation, PayloadFormat } from "../check/index.ts";
import type { Address } from "../client/index.ts";
import type { Recorder } from "../measure/index.ts";
import type { LoginRequest } from "./accounts.ts";
import type { CloseCause } from "./link/close-cause.ts";

/** What state a user is in. `offline` users have no connection. */
export type UserState = "offline" | "connecting" | "logging-in" | "online";

/**
 * What all users of a worker share, as one user sees it. Users name themselves by their number within the run; times
 * are microseconds unless a name says otherwise.
 */
export interface UserHost {
  /** Tag that this run's messages carry. */
  readonly run: number;
  readonly isClosedModel: boolean;
  /** The traffic is over: what was sent is waited for, and nothing new is sent or read. */
  readonly isOver: boolean;
  readonly checker: Checker;
  readonly recorder: Recorder;
  readonly payload: PayloadFormat;
  readonly judge: MessageJudge;
  /** @param attempts how often the user has tried to come back since it was logged in */
  addressFor(user: number, attempts: number): Address;
  loginRequestOf(user: number): LoginRequest;
  /** The id by which a member addresses a conversation; 0 while it is not known. */
  sessionIdFor(conversation: Conversation, position: number): bigint;
  armLoginTimeout(user: number): void;
  /** When a request that leaves now has waited too long, milliseconds on a clock that stands still while the worker does. */
  requestDeadline(): number;
  /** @param deadlineMillis of {@link requestDeadline} */
  armRequestTimeout(user: number, deadlineMillis: number): void;
  /**
   * @param sentAt when the login left
   * @param serverSeconds what the target said that the time is, Unix seconds; 0 where it did not
   */
  loggedIn(user: number, sentAt: number, serverSeconds: number): void;
  /** @param before state in which the connection was lost */
  userClosed(user: number, before: UserState, cause: CloseCause): void;
  /** A message was sent for the first time. @param at intended time */
  sent(at: number): void;
}

/** A message whose acknowledgement has not come yet. */
export interface Unanswered {
  conversation: Conversation;
  index: number;
  /** Intended time of the first sending, microseconds. */
  at: number;
  /** Sent once more after a lost connection. */
  isRepeat: boolean;
}

/** A user as the judge of its frames sees it. */
export interface JudgedUser {
  /** Number within the run. */
  readonly number: number;
  /** As the server knows it. */
  readonly userId: bigint;
  readonly conversations: readonly Conversation[];
  readonly positions: readonly number[];
  /** Sent and not acknowledged, by sequence number. */
  readonly unanswered: Map<number, Unanswered> | undefined;
  positionIn(conversation: Conversation): number;
  nextSeqNum(): number;
  sendBytes(packets: Uint8Array): void;
}

/** What the frames that a user receives mean: {@link UserHost.judge}. */
export interface MessageJudge {
  acknowledged(user: JudgedUser, ack: CIMMsgDataAck, seqNum: number): void;
  pushed(user: JudgedUser, message: CIMMsgData): void;
  /** A member is about to say that it has read. @returns the id up to which, 0 for nothing */
  reading(conversation: Conversation, position: number, at: number): bigint;
  readNotified(user: JudgedUser, notify: CIMMsgDataReadNotify): void;
  /** The confirmations that the frames of one read have made, if they leave together. */
  takeConfirmations(): Uint8Array | undefined;
}
