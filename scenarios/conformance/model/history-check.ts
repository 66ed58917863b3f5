import {
  type CIMMsgData,
  type CIMMsgDataAck,
  CIMMsgType,
  type CIMSessionType,
  commands,
  type Partially,
} from "../../../codegen/index.ts";
import {
  auditSessions,
  Checker,
  type Conversation,
  type ConversationKind,
  decodeMark,
  describeAnomaly,
  encodeMark,
  HistoryAudit,
  HistoryOrder,
  MIN_PAYLOAD_BYTES,
  PayloadFormat,
  Violations,
} from "../../../harness/check/index.ts";
import { type CaseContext, type Peer, RuleFailure } from "../../../harness/runner/index.ts";
import { askSessions, GROUP, isAccepted, readHistory, servedPageSize } from "../setup/index.ts";

/** Sizes of the pages of the two walks through a history: what falls between two pages of one is inside one of the other. */
const PAGES = [60, 23] as const;
/** Anomalies told in the failure; the rest is counted. */
const TOLD = 5;

/** Somebody who takes part in checked conversations. */
export interface Participant {
  /** Number within the check. */
  readonly number: number;
  readonly name: string;
  readonly user: bigint;
  /** The connection in use; another one after a reconnection. */
  peer: Peer;
  /** How many frames of the connection have been looked at. */
  seen: number;
}

/** Follows what several users do at the same time with the checker that the load engine uses, and judges what all saw. */
export class HistoryCheck {
  readonly checker: Checker;
  readonly #t: CaseContext;
  readonly #run: number;
  readonly #payload: PayloadFormat;
  readonly #violations = new Violations();
  readonly #people: readonly Participant[];
  readonly #sessions = new Map<Conversation, (member: number) => bigint>();

  constructor(t: CaseContext, people: readonly Participant[], conversations: number) {
    this.#t = t;
    this.#people = people;
    this.#run = t.random.integer(2 ** 32);
    this.#payload = new PayloadFormat(MIN_PAYLOAD_BYTES, t.around.seed);
    const nameOf = (number: number): string => this.#person(number).name;
    this.checker = new Checker(this.#violations, { conversations, firstNumber: 0, run: this.#run, nameOf });
  }

  /** @param sessionFor the id under which a member, by position, addresses the conversation */
  add(kind: ConversationKind, members: readonly Participant[], sessionFor: (member: number) => bigint): Conversation {
    const conversation = this.checker.addConversation(
      kind,
      members.map(({ number }) => number),
    );
    if (kind === GROUP) this.checker.groupCreated(conversation, sessionFor(0));
    this.#sessions.set(conversation, sessionFor);
    for (const member of members.keys()) this.checker.cameOnline(conversation, member);
    return conversation;
  }

  /** Sends a marked message without waiting for anything. */
  send(conversation: Conversation, person: Participant): void {
    const sender = conversation.members.indexOf(person.number);
    const index = this.checker.sending(conversation, sender);
    const client_msg_id = encodeMark({
      run: this.#run,
      sender: person.number,
      conversation: conversation.number,
      index,
    });
    const message: Partially<CIMMsgData> = {
      from_user_id: person.user,
      from_nick_name: person.peer.name,
      to_session_id: this.#sessionOf(conversation, sender),
      client_msg_id,
      msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
      session_type: conversation.kind,
      // A copy: the format writes every content into the same memory.
      msg_data: this.#payload.write(client_msg_id, index, 0).slice(),
    };
    person.peer.send(commands.MSG_DATA, message);
  }

  /** Takes what has come to a participant since the last time. */
  take(person: Participant): void {
    const frames = person.peer.inbox.since(person.seen);
    person.seen += frames.length;
    for (const { command, message } of frames) {
      if (message === undefined) continue;
      if (command?.id === commands.MSG_DATA_ACK.id) this.#acknowledged(person, message as CIMMsgDataAck);
      if (command?.id === commands.MSG_DATA.id) this.#pushed(person, message as CIMMsgData);
    }
  }

  /** The participant's connection is gone: what it had sent may have been stored or not. */
  wentOffline(person: Participant): void {
    this.take(person);
    this.#ofPerson(person, (conversation, member) => this.checker.wentOffline(conversation, member));
  }

  /** The participant is back on another connection, and what is sent from now on is due there. */
  cameBack(person: Participant, peer: Peer): void {
    person.peer = peer;
    person.seen = 0;
    this.#ofPerson(person, (conversation, member) => this.checker.cameOnline(conversation, member));
  }

  /** Waits until all that is due has come. */
  async settle(): Promise<void> {
    const { conversations } = this.checker;
    for (const { peer } of this.#people) {
      await peer.until(() => {
        for (const person of this.#people) this.take(person);
        return conversations.some((one) => this.checker.hasOutstanding(one)) ? undefined : true;
      });
    }
    // What must not come has had its time, too, when a fence behind it is answered.
    for (const person of this.#people) {
      await this.#t.given(`a fence by ${person.peer.name}`, () => person.peer.fence());
      this.take(person);
    }
    this.checker.finish();
  }

  /** The newest page, read while others write: it must hold what had been acknowledged before it was asked for. */
  async glance(conversation: Conversation, person: Participant): Promise<void> {
    const reader = conversation.members.indexOf(person.number);
    for (const one of this.#people) this.take(one);
    const audit = this.#audit(conversation, reader);
    audit.addPage(await this.#page(conversation, person, reader, 0n, PAGES[0]), PAGES[0]);
  }

  /** Every member reads the whole history twice, and the session list. */
  async audit(conversation: Conversation, readers: readonly Participant[]): Promise<void> {
    const order = new HistoryOrder(this.checker, this.#violations, conversation);
    for (const person of readers) {
      const reader = conversation.members.indexOf(person.number);
      const audit = this.#audit(conversation, reader, order);
      const session = this.#sessionOf(conversation, reader);
      const type = conversation.kind as CIMSessionType;
      const most = await servedPageSize(this.#t, person.peer, { session, type }, PAGES[0]);
      for (const [walk, size] of PAGES.entries()) {
        const limit = Math.min(size, most);
        if (walk > 0) audit.walkAgain();
        for (let end: bigint | undefined = 0n; end !== undefined; ) {
          end = audit.addPage(await this.#page(conversation, person, reader, end, limit), limit);
        }
      }
      const expected = audit.finish().filter(({ member }) => member === reader);
      const list = await this.#t.given(`the session list of ${person.peer.name}`, () => askSessions(person.peer));
      const sessionOf = (): bigint => this.#sessionOf(conversation, reader);
      auditSessions(list, expected, sessionOf, person.name, this.#violations);
    }
  }

  /** @throws RuleFailure with the anomalies; the frames that show them are marked in the trace */
  judge(expected: string): void {
    const found = Object.values(this.#violations.summaries()).flatMap(({ examples }) => examples);
    if (found.length === 0) return;
    for (const { details } of found) {
      const id = details?.["client_msg_id"];
      if (typeof id === "string") this.#t.trace.pin(id);
    }
    const told = found.slice(0, TOLD).map(({ text, details }) => `${details?.["anomaly"]}: ${text}`);
    const more = this.#violations.total > told.length ? ` … and ${this.#violations.total - told.length} more` : "";
    throw new RuleFailure(expected, `${told.join(" ")}${more}`);
  }

  #acknowledged(person: Participant, ack: CIMMsgDataAck): void {
    const found = this.#find(ack.client_msg_id);
    const sender = found?.conversation.members.indexOf(person.number) ?? -1;
    if (!found || found.sender !== sender) {
      const seen = `${person.name} got an acknowledgement of ${ack.client_msg_id}, which it did not send`;
      const details = { client_msg_id: ack.client_msg_id };
      this.#violations.violated("acknowledgement", () => describeAnomaly("leak across sessions", seen, details));
      return;
    }
    const { conversation, index } = found;
    if (!isAccepted(ack)) this.checker.refused(conversation, sender, index);
    else this.checker.acknowledged({ conversation, sender, index, serverMsgId: ack.server_msg_id });
  }

  #pushed(person: Participant, push: CIMMsgData): void {
    if (push.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return;
    const found = this.#find(push.client_msg_id);
    const receiver = found?.conversation.members.indexOf(person.number) ?? -1;
    if (!found || receiver < 0 || receiver === found.sender) {
      const anomaly = found && receiver === found.sender ? "own push" : found ? "leak across sessions" : "phantom";
      const seen = `${push.client_msg_id} of user ${push.from_user_id} was pushed to ${person.name}`;
      const details = { client_msg_id: push.client_msg_id };
      this.#violations.violated("foreign", () => describeAnomaly(anomaly, seen, details));
      return;
    }
    const { conversation, sender, index } = found;
    const sighting = { conversation, sender, index, serverMsgId: push.server_msg_id };
    if (this.#payload.verify(push.msg_data, push.client_msg_id, index) === undefined) {
      const difference = this.#payload.describeDifference(push.msg_data, push.client_msg_id, index);
      const what = `arrived with another content than was sent: ${difference}`;
      this.#violations.violated("content", () => this.checker.example(sighting, receiver, "content changed", what));
    }
    this.checker.delivered(sighting, receiver);
  }

  #find(clientMsgId: string): { conversation: Conversation; sender: number; index: number } | undefined {
    const mark = decodeMark(clientMsgId);
    const conversation = mark?.run === this.#run ? this.checker.conversation(mark.conversation) : undefined;
    const sender = mark && conversation ? conversation.members.indexOf(mark.sender) : -1;
    return mark && conversation && sender >= 0 ? { conversation, sender, index: mark.index } : undefined;
  }

  #audit(conversation: Conversation, reader: number, order?: HistoryOrder): HistoryAudit {
    return new HistoryAudit({
      checker: this.checker,
      violations: this.#violations,
      conversation,
      reader,
      run: this.#run,
      payload: this.#payload,
      userIdOf: (number) => this.#person(number).user,
      ...(order && { order }),
    });
  }

  #page(conversation: Conversation, person: Participant, reader: number, end: bigint, limit: number) {
    const type = conversation.kind as CIMSessionType;
    return readHistory(this.#t, person.peer, { session: this.#sessionOf(conversation, reader), type, end, limit });
  }

  #sessionOf(conversation: Conversation, member: number): bigint {
    return this.#sessions.get(conversation)?.(member) ?? 0n;
  }

  #person(number: number): Participant {
    return this.#people[number] as Participant;
  }

  #ofPerson(person: Participant, act: (conversation: Conversation, member: number) => void): void {
    for (const conversation of this.checker.conversations) {
      const member = conversation.members.indexOf(person.number);
      if (member >= 0) act(conversation, member);
    }
  }
}
