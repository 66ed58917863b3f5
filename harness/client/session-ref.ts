import { CIMSessionType } from "../../codegen/index.ts";

/** A conversation as one user sees it: with a peer, or in a group. */
export interface SessionRef {
  /** The peer's user id, or the group id. */
  readonly session_id: bigint;
  readonly session_type: CIMSessionType;
}

/** The one-to-one conversation with a user. */
export function withUser(userId: bigint): SessionRef {
  return { session_id: userId, session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE };
}

/** The conversation of a group. */
export function inGroup(groupId: bigint): SessionRef {
  return { session_id: groupId, session_type: CIMSessionType.kCIM_SESSION_TYPE_GROUP };
}

/** The conversation that a delivered message belongs to, seen by user `self` (PUSH-04). */
export function sessionOf(
  message: { from_user_id: bigint; to_session_id: bigint; session_type: CIMSessionType },
  self: bigint,
): SessionRef {
  const { from_user_id, to_session_id, session_type } = message;
  const isFromPeer = session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE && from_user_id !== self;
  return { session_id: isFromPeer ? from_user_id : to_session_id, session_type };
}

/** A conversation that is named by the peer's user id or by itself. */
export function asSession(to: bigint | SessionRef): SessionRef {
  if (typeof to === "bigint") return withUser(to);
  // Only the two fields: `to` may be a whole row of a session list.
  return { session_id: to.session_id, session_type: to.session_type };
}
