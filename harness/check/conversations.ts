import { CIMSessionType } from "../../codegen/index.ts";

/** Whether a conversation is between two users or in a group. */
export type ConversationKind = CIMSessionType.kCIM_SESSION_TYPE_SINGLE | CIMSessionType.kCIM_SESSION_TYPE_GROUP;

/** A conversation that a checker follows, and where its rows stand. Only the checker changes it. */
export interface Conversation {
  /** Number within the run; messages carry it. */
  readonly number: number;
  readonly kind: ConversationKind;
  /** Numbers of the members within the run. */
  readonly members: readonly number[];
  /** Group id of a group; 0 until it is created, and for two users, who know each other by user id. */
  readonly groupId: bigint;
  /** First of the rows of its members in {@link MemberColumns}. */
  readonly firstMember: number;
  /** First of its members × members tracks, observer by observer. */
  readonly firstTrack: number;
  /** First of its entries in the ring of recent ids. */
  readonly firstRing: number;
}

/** Whether its members address it by a group id; two users address each other by user id. */
export function isGroup(conversation: Conversation): boolean {
  return conversation.kind === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
}

/** A conversation as its checker sees it. */
export interface FollowedConversation extends Conversation {
  groupId: bigint;
}

/** One row of {@link MemberColumns}, as an audit reads it. */
export interface MemberRecord {
  /** Messages sent in this run. */
  readonly sent: number;
  /** Order-independent sum over (index, server_msg_id) of what was acknowledged. */
  readonly fingerprint: number;
  /** `server_msg_id` of the newest own message acknowledged. */
  readonly ackedId: bigint;
  /** `server_msg_id` up to which the member has said it has read. */
  readonly readId: bigint;
  /** Messages may have been on their way as the member read: how many it cleared is then not certain. */
  readonly isReadUncertain: boolean;
}

/** What is kept per member of a conversation, in columns: a few dozen bytes each, whatever the number of messages. */
export class MemberColumns {
  /** Messages sent in this run. */
  sent: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Order-independent sum over (index, server_msg_id) of what was acknowledged. */
  fingerprint: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** `server_msg_id` of the newest own message acknowledged. */
  ackedId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** `server_msg_id` of the newest message received. */
  receivedId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** `server_msg_id` up to which the member has said it has read. */
  readId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** 1 while pushes are due to the member. */
  online: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** 1 when messages may have been on their way as the member read: how many it cleared is then not certain. */
  readInFlight: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #count = 0;

  /** @returns the first of the new rows */
  add(count: number): number {
    const first = this.#count;
    this.#count += count;
    if (this.#count > this.sent.length) this.#grow(Math.max(this.#count, this.sent.length * 2));
    return first;
  }

  record(row: number): MemberRecord {
    return {
      sent: this.sent[row] as number,
      fingerprint: this.fingerprint[row] as number,
      ackedId: this.ackedId[row] as bigint,
      readId: this.readId[row] as bigint,
      isReadUncertain: this.readInFlight[row] === 1,
    };
  }

  #grow(size: number): void {
    this.sent = copyInto(new Uint32Array(size), this.sent);
    this.fingerprint = copyInto(new Uint32Array(size), this.fingerprint);
    this.ackedId = copyInto(new BigUint64Array(size), this.ackedId);
    this.receivedId = copyInto(new BigUint64Array(size), this.receivedId);
    this.readId = copyInto(new BigUint64Array(size), this.readId);
    this.online = copyInto(new Uint8Array(size), this.online);
    this.readInFlight = copyInto(new Uint8Array(size), this.readInFlight);
  }
}

function copyInto<Column extends { set(from: Column): void }>(to: Column, from: Column): Column {
  to.set(from);
  return to;
}
