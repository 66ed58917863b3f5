import type { Command, Partially } from "../../codegen/index.ts";

/** The answer to the request, numbered as the request was (CONN-10, CONN-12). */
export interface Reply {
  readonly kind: "reply";
  readonly command: Command;
  readonly message: unknown;
  /** Called once the message is encoded. */
  readonly release?: () => void;
}

/** A packet that answers nothing, to every connection of some users. */
export interface Push {
  readonly kind: "push";
  /** Each user once. */
  readonly users: readonly bigint[];
  readonly command: Command;
  readonly message: unknown;
  /** Leaves out the connection that the request came from (PUSH-04). */
  readonly exceptOrigin: boolean;
  /** The `client_msg_id` that a confirmation will name; undefined where none is expected (ACK-05). */
  readonly confirmedBy?: string;
  /** What the push is about, where it may be sent by two gates and must be once. */
  readonly once?: string;
  /** It was due before, and is sent only where it is not known to have been. */
  readonly repeated?: boolean;
}

/** The client has confirmed a push on this connection (ACK-01). */
export interface Confirmed {
  readonly kind: "confirmed";
  readonly client_msg_id: string;
}

/** The connection belongs to this user from now on. */
export interface Login {
  readonly kind: "login";
  readonly user_id: bigint;
  /** The stored nickname, or what the client sent when none is stored (LOGIN-13). */
  readonly nick_name: string;
}

/** The user goes offline on this connection, which is closed once everything before has been sent. */
export interface Close {
  readonly kind: "close";
}

/** What a handler wants to happen; carried out in the order given. */
export type Effect = Reply | Push | Confirmed | Login | Close;

/** What may happen without a request. */
export type BackgroundEffect = Push;

/**
 * Answers the request.
 * @param release takes back what the message was made of, once it is encoded
 */
export function reply<M>(command: Command<M>, message: Partially<M>, release?: () => void): Reply {
  const answer: Reply = { kind: "reply", command: command as Command, message };
  return release ? { ...answer, release } : answer;
}

/** Pushes to every connection of the users. */
export function push<M>(users: readonly bigint[], command: Command<M>, message: Partially<M>): Push {
  return { kind: "push", users, command: command as Command, message, exceptOrigin: false };
}

/** Pushes to every connection of the users but the one that the request came from. */
export function pushExceptOrigin<M>(users: readonly bigint[], command: Command<M>, message: Partially<M>): Push {
  return { kind: "push", users, command: command as Command, message, exceptOrigin: true };
}

/** Gives the connection to a user. */
export function login(userId: bigint, nickname: string): Login {
  return { kind: "login", user_id: userId, nick_name: nickname };
}

/** Closes the connection. */
export const close: Close = { kind: "close" };
