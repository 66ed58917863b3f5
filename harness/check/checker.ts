import type { CheckExample } from "../result/index.ts";
import type { AnomalyName } from "./anomalies.ts";
import {
  type Conversation,
  type ConversationKind,
  type FollowedConversation,
  isGroup,
  MemberColumns,
  type MemberRecord,
} from "./conversations.ts";
import { fingerprint } from "./fingerprint.ts";
import { MessageSet } from "./message-set.ts";
import { RecentIds } from "./recent-ids.ts";
import { describeSighting, type Naming, type Sighting } from "./sighting.ts";
import { type Arrival, Tracks } from "./track.ts";
import type { Violations } from "./violations.ts";

/** What a {@link Checker} must know. */
export interface CheckerOptions extends Naming {
  /** How many conversations will be added at most. */
  conversations: number;
  /** Number of the first one within the run. */
  firstNumber: number;
}

/** Bound on the refusals remembered; a server that refuses everything cannot fill the memory. */
const MAX_REFUSED = 100_000;

/**
 * Follows every message of a worker's conversations from sending to acknowledgement and to each receiver. All members
 * of a conversation live in the same worker. Memory is constant per conversation, whatever the number of messages.
 * What it keeps is written by its own methods alone; who drives the users says what happened.
 */
export class Checker {
  readonly #members = new MemberColumns();
  readonly #tracks = new Tracks();
  readonly #conversations: FollowedConversation[] = [];
  readonly #recent: RecentIds;
  readonly #violations: Violations;
  readonly #options: CheckerOptions;
  /** Messages that were on their way when their sender's connection went: nobody knows whether they are stored. */
  readonly #unsettled = new MessageSet();
  /** Messages that were sent once more: a server should not, but may, push them once more (MSG-07). */
  readonly #sentAgain = new MessageSet();
  readonly #refused = new MessageSet(MAX_REFUSED);
  /** Member rows whose user came back after a lost connection. */
  readonly #returned = new Set<number>();
  readonly #wentAway = new Set<number>();

  constructor(violations: Violations, options: CheckerOptions) {
    this.#violations = violations;
    this.#recent = new RecentIds(options.conversations);
    this.#options = options;
  }

  get conversations(): readonly Conversation[] {
    return this.#conversations;
  }

  /** @param members numbers of the users within the run */
  addConversation(kind: ConversationKind, members: readonly number[]): Conversation {
    const position = this.#conversations.length;
    const conversation: FollowedConversation = {
      number: this.#options.firstNumber + position,
      kind,
      members,
      groupId: 0n,
      firstMember: this.#members.add(members.length),
      firstTrack: this.#tracks.add(members.length ** 2),
      firstRing: position * this.#recent.size * 2,
    };
    this.#conversations.push(conversation);
    return conversation;
  }

  /** @param number as a message's mark carries it */
  conversation(number: number): Conversation | undefined {
    return this.#conversations[number - this.#options.firstNumber];
  }

  /** A member is about to send. @returns the index of the message */
  sending(conversation: Conversation, sender: number): number {
    const row = conversation.firstMember + sender;
    const index = this.#members.sent[row] as number;
    this.#members.sent[row] = index + 1;
    for (let observer = 0; observer < conversation.members.length; observer++) {
      // Nothing is due to who is away; what arrives on its return comes through history.
      if (observer !== sender && this.#members.online[conversation.firstMember + observer] === 0) {
        this.#tracks.excuseBelow(track(conversation, observer, sender), index + 1);
      }
    }
    return index;
  }

  /**
   * The sender is about to send a message once more, under the same `client_msg_id`, since its connection was lost
   * before the acknowledgement came. It is one message all the same (MSG-07), whether the first one was stored or not.
   */
  sendingAgain(conversation: Conversation, sender: number, index: number): void {
    const row = conversation.firstMember + sender;
    this.#unsettled.delete(row, index);
    this.#sentAgain.add(row, index);
  }

  /** The server acknowledged a message. @returns whether it was the first acknowledgement of a message that was sent */
  acknowledged(sighting: Sighting): boolean {
    const { conversation, sender, index, serverMsgId } = sighting;
    const row = conversation.firstMember + sender;
    if (index >= (this.#members.sent[row] as number)) {
      this.#violations.violated("acknowledgement", () =>
        this.example(sighting, sender, "phantom", "was acknowledged but never sent"),
      );
      return false;
    }
    const arrival = this.#tracks.arrive(track(conversation, sender, sender), index);
    if (!this.#judgeArrival(arrival, sighting, sender, "acknowledged")) return false;
    this.#violations.checked("ids_increase");
    if (arrival === "in-order" && serverMsgId <= (this.#members.ackedId[row] as bigint)) {
      const before = this.#members.ackedId[row];
      this.#violations.violated("ids_increase", () =>
        this.example(
          sighting,
          sender,
          "id not increasing",
          `was acknowledged with server_msg_id ${serverMsgId} after an earlier one with ${before}`,
        ),
      );
    }
    if (serverMsgId > (this.#members.ackedId[row] as bigint)) this.#members.ackedId[row] = serverMsgId;
    this.#members.fingerprint[row] = (this.#members.fingerprint[row] as number) + fingerprint(index, serverMsgId);
    this.#judgeId(sighting, sender);
    return true;
  }

  /** The server refused a message: it must reach nobody, and nothing more is due for it. */
  refused(conversation: Conversation, sender: number, index: number): void {
    this.#refused.add(conversation.firstMember + sender, index);
    for (let observer = 0; observer < conversation.members.length; observer++) {
      this.#tracks.arrive(track(conversation, observer, sender), index);
    }
  }

  /** Whether the server refused the message. */
  isRefused(conversation: Conversation, sender: number, index: number): boolean {
    return this.#refused.has(conversation.firstMember + sender, index);
  }

  /** The newest id that anybody has been acknowledged in a conversation: what a history asked for now must reach. */
  newestAcknowledged(conversation: Conversation): bigint {
    let newest = 0n;
    for (let row = conversation.firstMember; row < conversation.firstMember + conversation.members.length; row++) {
      const id = this.#members.ackedId[row] as bigint;
      if (id > newest) newest = id;
    }
    return newest;
  }

  /** A message was delivered. @returns whether it was new to this receiver */
  delivered(sighting: Sighting, receiver: number): boolean {
    const { conversation, sender, index, serverMsgId } = sighting;
    if (index >= (this.#members.sent[conversation.firstMember + sender] as number)) {
      this.#violations.violated("foreign", () =>
        this.example(sighting, receiver, "phantom", "was received but never sent"),
      );
      return false;
    }
    if (this.isRefused(conversation, sender, index)) {
      this.#violations.violated("refusal", () =>
        this.example(sighting, receiver, "done although refused", "was refused but delivered"),
      );
      return false;
    }
    const arrival = this.#tracks.arrive(track(conversation, receiver, sender), index);
    // Sent while the receiver was away, and pushed all the same because its login was just being handled.
    if (arrival === "excused") return true;
    if (arrival === "duplicate" && this.#sentAgain.has(conversation.firstMember + sender, index)) return false;
    if (!this.#judgeArrival(arrival, sighting, receiver, "received")) return false;
    this.#violations.checked("loss");
    const row = conversation.firstMember + receiver;
    const newest = this.#members.receivedId[row] as bigint;
    if (!isGroup(conversation) && arrival === "in-order") {
      this.#violations.checked("ids_increase");
      if (serverMsgId <= newest) {
        this.#violations.violated("ids_increase", () =>
          this.example(
            sighting,
            receiver,
            "id not increasing",
            `was received with server_msg_id ${serverMsgId} after an earlier one with ${newest}`,
          ),
        );
      }
    }
    if (serverMsgId > newest) this.#members.receivedId[row] = serverMsgId;
    this.#judgeId(sighting, receiver);
    return true;
  }

  /**
   * A member is about to say that it has read what it has received.
   * @returns the id up to which; 0 when there is nothing new to say
   */
  reading(conversation: Conversation, member: number): bigint {
    const row = conversation.firstMember + member;
    const upTo = this.#members.receivedId[row] as bigint;
    if (upTo <= (this.#members.readId[row] as bigint)) return 0n;
    this.#members.readId[row] = upTo;
    this.#members.readInFlight[row] = this.hasOutstanding(conversation) ? 1 : 0;
    return upTo;
  }

  /** Whether anything was sent into a conversation. */
  hasMessages(conversation: Conversation): boolean {
    return conversation.members.some((_, member) => this.#members.sent[conversation.firstMember + member] !== 0);
  }

  /** The server has created the group under this id. */
  groupCreated(conversation: Conversation, groupId: bigint): void {
    const followed = this.#conversations[conversation.number - this.#options.firstNumber];
    if (followed) followed.groupId = groupId;
  }

  /** What is known of a member, for comparing it with what the server has stored. */
  memberRecord(conversation: Conversation, member: number): MemberRecord {
    return this.#members.record(conversation.firstMember + member);
  }

  /** Pushes of all the member's conversations are due from now on: it has logged in. */
  cameOnline(conversation: Conversation, member: number): void {
    const row = conversation.firstMember + member;
    if (this.#wentAway.delete(row)) this.#returned.add(row);
    this.#members.online[row] = 1;
  }

  /** The member's connection is gone: nothing sent so far is due to it any more. */
  wentOffline(conversation: Conversation, member: number): void {
    const row = conversation.firstMember + member;
    this.#members.online[row] = 0;
    this.#wentAway.add(row);
    for (let sender = 0; sender < conversation.members.length; sender++) {
      const sent = this.#members.sent[conversation.firstMember + sender] as number;
      const followed = track(conversation, member, sender);
      if (sender !== member) {
        this.#tracks.excuseBelow(followed, sent);
      } else if (!this.#tracks.isComplete(followed, sent)) {
        for (const index of this.#tracks.missingBelow(followed, sent)) this.#unsettled.add(row, index);
      }
    }
  }

  /** Whether the server has acknowledged (or refused) the message. */
  isAnswered(conversation: Conversation, sender: number, index: number): boolean {
    return !this.#tracks.isMissing(track(conversation, sender, sender), index);
  }

  /** Whether answers or deliveries are still due; for waiting until traffic has drained. */
  hasOutstanding(conversation: Conversation): boolean {
    const size = conversation.members.length;
    for (let sender = 0; sender < size; sender++) {
      const sent = this.#members.sent[conversation.firstMember + sender] as number;
      for (let observer = 0; observer < size; observer++) {
        const followed = track(conversation, observer, sender);
        if (this.#tracks.isComplete(followed, sent)) continue;
        for (const index of this.#tracks.missingBelow(followed, sent)) {
          const isDue =
            observer === sender
              ? !this.#isUnsettled(conversation, sender, index)
              : this.isAnswered(conversation, sender, index);
          if (isDue) return true;
        }
      }
    }
    return false;
  }

  /** After the drain: what was never acknowledged, and what was acknowledged and never delivered. */
  finish(): void {
    for (const conversation of this.#conversations) {
      for (let sender = 0; sender < conversation.members.length; sender++) this.#finishSender(conversation, sender);
    }
    for (let i = 0; i < this.#tracks.unremembered; i++) {
      this.#violations.violated("loss", () => ({ text: "More messages were lost than can be listed one by one." }));
    }
  }

  /** What a member is called in an example. */
  nameOf(conversation: Conversation, member: number): string {
    return this.#options.nameOf(conversation.members[member] as number);
  }

  /** An anomaly of one message, naming sender, session, index and observer. */
  example(sighting: Sighting, observer: number, anomaly: AnomalyName, what: string): CheckExample {
    return describeSighting(sighting, observer, anomaly, what, this.#options);
  }

  #finishSender(conversation: Conversation, sender: number): void {
    const sent = this.#members.sent[conversation.firstMember + sender] as number;
    this.#violations.checked("acknowledgement", sent);
    for (const index of this.#tracks.missingBelow(track(conversation, sender, sender), sent)) {
      if (this.#isUnsettled(conversation, sender, index)) continue;
      const sighting = { conversation, sender, index, serverMsgId: 0n };
      this.#violations.violated("acknowledgement", () =>
        this.example(sighting, sender, "never acknowledged", "was never acknowledged"),
      );
    }
    for (let receiver = 0; receiver < conversation.members.length; receiver++) {
      if (receiver === sender) continue;
      for (const index of this.#tracks.missingBelow(track(conversation, receiver, sender), sent)) {
        // What was not acknowledged may or may not have been stored and delivered; it is reported once, above.
        if (!this.isAnswered(conversation, sender, index)) continue;
        const sighting = { conversation, sender, index, serverMsgId: 0n };
        this.#violations.checked("loss");
        const anomaly = this.#returned.has(conversation.firstMember + receiver)
          ? "push missing after reconnect"
          : "push missing";
        this.#violations.violated("loss", () =>
          this.example(sighting, receiver, anomaly, "was acknowledged but never reached this receiver"),
        );
      }
    }
  }

  #isUnsettled(conversation: Conversation, sender: number, index: number): boolean {
    return this.#unsettled.has(conversation.firstMember + sender, index);
  }

  #judgeArrival(arrival: Arrival, sighting: Sighting, observer: number, how: string): boolean {
    this.#violations.checked("duplicates");
    if (arrival === "duplicate") {
      this.#violations.violated("duplicates", () => this.example(sighting, observer, "duplicate", `was ${how} twice`));
      return false;
    }
    this.#violations.checked("order");
    if (arrival === "late") {
      this.#violations.violated("order", () =>
        this.example(sighting, observer, "order swapped", `was ${how} after a later one`),
      );
    }
    return true;
  }

  #judgeId(sighting: Sighting, observer: number): void {
    const { conversation, sender, index, serverMsgId } = sighting;
    this.#violations.checked("total_order");
    const otherId = this.#recent.otherId(conversation.firstRing, sender, index, serverMsgId);
    if (otherId !== undefined) {
      this.#violations.violated("total_order", () =>
        this.example(
          sighting,
          observer,
          "id differs",
          `has server_msg_id ${serverMsgId} here and ${otherId} for somebody else`,
        ),
      );
      return;
    }
    const other = this.#recent.otherMessage(conversation.firstRing, sender, index, serverMsgId);
    if (other) {
      this.#violations.violated("total_order", () =>
        this.example(
          sighting,
          observer,
          "id reused",
          `has server_msg_id ${serverMsgId}, which another message (index ${other.indexLow} of member ${other.member}) has, too`,
        ),
      );
    }
  }
}

function track(conversation: Conversation, observer: number, sender: number): number {
  return conversation.firstTrack + observer * conversation.members.length + sender;
}
