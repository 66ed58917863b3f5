import { CIMErrorCode } from "../../codegen/index.ts";
import type { LinkCause } from "./link/close-cause.ts";

/** A message was due of a user that had no connection. */
export const SENDER_OFFLINE = "sender offline";

/** A message was due in a session whose id is not known, since its group or peer never came to be. */
export const NO_SESSION = "no session to send to";

/** An arrival found every user busy. */
export const NO_USER_FREE = "no user free";

/** A message came that another run has sent to the same accounts. */
export const ANOTHER_RUN = "message of another run";

/** How many answers may come on one connection that nobody asked for before the target is told to flood it. */
export const UNASKED_ANSWERS: number = 1_000;

/** The target sends answers to requests that nobody made. */
export const FLOODED: string = `more than ${UNASKED_ANSWERS} answers that nobody asked for on one connection`;

/** A target closes whoever sends no heartbeat for so long (HB-02), in milliseconds. */
export const SILENCE_ENDS_MS: number = 60_000;

/** Why a client lost its connection that had sent no heartbeat for so long: its own run's options are the reason. */
export const CLOSED_SILENT: string = `closed by target, behind ${SILENCE_ENDS_MS / 1000} s without a heartbeat`;

const UNANSWERED = " unanswered";

const GROUP_REFUSED = "group refused with ";

const MESSAGE_REFUSED = "message refused with ";

const RECONNECT = "reconnect: ";

/** The kind of error that an attempt to come back ended in. @param cause in the words of the result */
export function reconnectError(cause: string): string {
  return RECONNECT + cause;
}

/** Answers to a login that say that user, password or token is wrong. */
const UNKNOWN_TO_TARGET: ReadonlySet<string> = new Set(
  [CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_TOKEN, CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_OR_PWD].map(
    (code) => `${RECONNECT}login refused with ${code}`,
  ),
);

/** Whether somebody who had been logged in is unknown to the target when they come back. */
export function isForgotten(kind: string): boolean {
  return UNKNOWN_TO_TARGET.has(kind);
}

/** The kind of error that a group is which the target did not make. */
export function groupRefusedError(code: number): string {
  return GROUP_REFUSED + code;
}

/** The kind of error that a refused message is. @param saying what the first one said, where that may be why */
export function messageRefusedError(code: number, saying: string | undefined): string {
  return `${MESSAGE_REFUSED}${code}${saying === undefined ? "" : ` (the first one says ${saying})`}`;
}

/** The kind of error that a request without an answer is. @param command its name */
export function unansweredError(command: string): string {
  return command + UNANSWERED;
}

/**
 * The kind of error that a page of history without an answer is.
 * @param smaller the page that was asked for instead, if any
 */
export function unansweredPage(limit: number, smaller: number | undefined): string {
  return `history page of ${limit} messages${UNANSWERED}${smaller === undefined ? "" : `, so pages of ${smaller} were asked for`}`;
}

/** Whether the target owed an answer that never came, so that somebody waited for it in vain. */
export function isUnanswered(kind: string): boolean {
  return kind.includes(UNANSWERED) || kind === "login: timeout" || kind === "timeout";
}

/** How the target turns a newcomer away. */
const TURNED_AWAY: ReadonlySet<string> = new Set([
  "refused",
  "upgrade refused",
  "login: closed by target",
  "login: reset",
]);

/** What no server may send, whoever asks for what (RFC 6455, sections 4.1 and 5). */
const FAULTY_BYTES: readonly LinkCause[] = [
  "bad bytes",
  "wrong WebSocket subprotocol",
  "WebSocket extension not asked for",
  "WebSocket text message",
  "masked WebSocket frame",
  "reserved bits in a WebSocket frame",
];

/** What an answer that says no begins with. */
const REFUSALS: readonly string[] = ["login refused with ", GROUP_REFUSED, MESSAGE_REFUSED];

/** Whether the target alone can have done it, however late the generator was and however busy the machine. */
export function isTargetsDoing(kind: string): boolean {
  if (isUnanswered(kind) || TURNED_AWAY.has(kind) || kind === FLOODED) return true;
  return REFUSALS.some((refusal) => kind.startsWith(refusal)) || isFaultyBytes(kind);
}

/** Whether the target sent what no server may send; a connection that ends by it was lost by the target's doing. */
export function isFaultyBytes(kind: string): boolean {
  return FAULTY_BYTES.some((fault) => kind.endsWith(fault));
}

/** Whether a session came to nothing because its group was refused. */
export function isGroupRefused(kind: string): boolean {
  return kind.startsWith(GROUP_REFUSED);
}

/** Whether errors of this kind say nothing about the target: they have sentences of their own. */
export function isNotTargets(kind: string): boolean {
  return kind === NO_USER_FREE || kind === ANOTHER_RUN;
}

/** Whether errors of this kind follow from connections that were lost or never came, which are reported by themselves. */
export function followsFromLoss(kind: string): boolean {
  return kind === SENDER_OFFLINE || kind === NO_SESSION || kind.startsWith(RECONNECT);
}
