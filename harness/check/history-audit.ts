import { type CIMMsgInfo, CIMMsgType } from "../../codegen/index.ts";
import { type AnomalyName, describeAnomaly } from "./anomalies.ts";
import type { Checker } from "./checker.ts";
import { type Conversation, isGroup } from "./conversations.ts";
import { fingerprint } from "./fingerprint.ts";
import type { HistoryOrder } from "./history-order.ts";
import { decodeMark, type MessageMark } from "./message-mark.ts";
import type { PayloadFormat } from "./payload.ts";
import type { SessionExpectation } from "./session-audit.ts";
import type { Violations } from "./violations.ts";

/** What an audit of one conversation needs. */
export interface HistoryAuditOptions {
  checker: Checker;
  violations: Violations;
  conversation: Conversation;
  /** Position of the member who reads, and what the others have read of the same conversation, for comparing orders. */
  reader: number;
  order?: HistoryOrder;
  /** Tag of the run; rows of earlier runs are passed over. */
  run: number;
  payload: PayloadFormat;
  /** The id under which the server knows a member. */
  userIdOf(user: number): bigint;
}

/** Bits of a message that the first walk, and the second, came across. */
const FIRST_WALK = 1;
const SECOND_WALK = 2;
const NOTIFICATION = -2;
const NOT_OF_THIS_RUN = -1;

/**
 * Compares a conversation's history, walked back page by page, with what the server acknowledged. Takes memory for
 * one conversation at a time, after the load.
 */
export class HistoryAudit {
  readonly #options: HistoryAuditOptions;
  /** Position of a user among the members. */
  readonly #positions: Map<number, number>;
  /** Per member, which indexes history has. */
  readonly #seen: Uint8Array[];
  readonly #fingerprints: Uint32Array;
  /** All rows from the newest back, and who sent them (position, or one of the constants above). */
  readonly #ids: bigint[] = [];
  readonly #senders: number[] = [];
  #newestClientMsgId = "";
  /** Ids acknowledged when the walk began, by anybody and by the reader: the newest page must reach them. */
  readonly #dueId: bigint;
  readonly #ownDueId: bigint;
  /** A page with fewer rows than were asked for, while messages were missing. */
  #shortPage: { rows: number; limit: number } | undefined;
  #walk = FIRST_WALK;
  #firstWalk: { ids: bigint[]; senders: number[] } | undefined;

  constructor(options: HistoryAuditOptions) {
    const { conversation, checker } = options;
    this.#options = options;
    this.#dueId = checker.newestAcknowledged(conversation);
    this.#ownDueId = checker.memberRecord(conversation, options.reader).ackedId;
    this.#positions = new Map(conversation.members.map((user, position) => [user, position]));
    this.#seen = conversation.members.map(
      (_, position) => new Uint8Array(checker.memberRecord(conversation, position).sent),
    );
    this.#fingerprints = new Uint32Array(conversation.members.length);
  }

  /**
   * Takes a page, ascending as the server sent it. Behind a short one the walk goes on while acknowledged messages are
   * missing: one that was not the last is one violation, and what stands before it is not taken for lost.
   * @returns the `end_msg_id` to ask for next, or undefined when the walk is over
   */
  addPage(rows: readonly CIMMsgInfo[], limit: number): bigint | undefined {
    let ofThisRun = 0;
    const short = this.#shortPage;
    if (short && rows.length > 0) this.servedFewer(short.limit, short.rows);
    const pageBegins = this.#ids.length;
    if (this.#walk === FIRST_WALK && pageBegins === 0) this.#judgeFreshness(rows.at(-1)?.server_msg_id ?? 0n);
    for (let at = rows.length - 1; at >= 0; at--) {
      const row = rows[at] as CIMMsgInfo;
      const newer = this.#ids.at(-1);
      this.#options.violations.checked("history");
      if (newer !== undefined && row.server_msg_id >= newer) {
        const overlaps = pageBegins > 0 && this.#ids.length === pageBegins;
        this.#violated(
          row,
          overlaps ? "page gap or overlap" : "id not increasing",
          `stands before server_msg_id ${newer} in history, although its own is ${row.server_msg_id}`,
        );
        // Going on from here could go round in circles.
        return undefined;
      }
      if (this.#walk === FIRST_WALK && this.#ids.length === 0) this.#newestClientMsgId = row.client_msg_id;
      this.#ids.push(row.server_msg_id);
      const sender = this.#judgeRow(row);
      this.#senders.push(sender);
      if (sender >= 0) ofThisRun++;
    }
    const isShort = rows.length < limit;
    const isBeginning = rows.length === 0 || (isShort && !this.isAnythingMissing);
    this.#shortPage = isShort && !isBeginning ? { rows: rows.length, limit } : undefined;
    const isBeforeThisRun =
      ofThisRun === 0 && rows.every((row) => row.msg_type !== CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION);
    return isBeginning || isBeforeThisRun ? undefined : this.#ids.at(-1);
  }

  /** Whether an acknowledged message has not been come across in this walk. */
  get isAnythingMissing(): boolean {
    const { conversation, checker } = this.#options;
    return this.#seen.some((seen, sender) =>
      seen.some(
        (walks, index) =>
          (walks & this.#walk) === 0 &&
          checker.isAnswered(conversation, sender, index) &&
          !checker.isRefused(conversation, sender, index),
      ),
    );
  }

  /** A page had fewer messages than were asked for, and was not the last. */
  servedFewer(asked: number, got: number): void {
    const { conversation, checker, violations, reader } = this.#options;
    violations.violated("history", () =>
      describeAnomaly(
        "short page",
        `Asked for ${asked} messages of conversation ${conversation.number}, ${checker.nameOf(conversation, reader)} ` +
          `got a page of ${got}, although older ones were there`,
        { conversation: conversation.number, reader: checker.nameOf(conversation, reader) },
      ),
    );
  }

  /**
   * Begins a second walk, which had better use pages of another size: what only one of the walks comes across was lost
   * between two pages.
   */
  walkAgain(): void {
    this.#walk = SECOND_WALK;
    this.#firstWalk = { ids: this.#ids.splice(0), senders: this.#senders.splice(0) };
  }

  /** Judges everything that was read. @returns per member, what the session list must show */
  finish(): SessionExpectation[] {
    const { conversation } = this.#options;
    for (let sender = 0; sender < conversation.members.length; sender++) this.#judgeSender(sender);
    return conversation.members.map((_, member) => this.#expectation(member));
  }

  /** The newest page must reach everything that was acknowledged before it was asked for. */
  #judgeFreshness(newest: bigint): void {
    const { conversation, checker, violations, reader } = this.#options;
    if (newest >= this.#dueId) return;
    const isOwn = this.#ownDueId > newest;
    violations.violated("history", () =>
      describeAnomaly(
        isOwn ? "own send missing" : "stale history",
        `The history of conversation ${conversation.number} that ${checker.nameOf(conversation, reader)} reads ends with ` +
          `server_msg_id ${newest}, and ${isOwn ? this.#ownDueId : this.#dueId} had been acknowledged before`,
        { conversation: conversation.number, reader: checker.nameOf(conversation, reader) },
      ),
    );
  }

  #judgeRow(row: CIMMsgInfo): number {
    const { conversation, run, payload, userIdOf, checker } = this.#options;
    if (row.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return NOTIFICATION;
    const mark = decodeMark(row.client_msg_id);
    if (!mark || mark.run !== run) return NOT_OF_THIS_RUN;
    const sender = this.#positions.get(mark.sender);
    if (mark.conversation !== conversation.number || sender === undefined) {
      this.#violated(row, "leak across sessions", "belongs to another conversation and stands in this history");
      return NOT_OF_THIS_RUN;
    }
    const seen = this.#seen[sender] as Uint8Array;
    if (mark.index >= seen.length) {
      this.#violated(row, "phantom", "stands in history but was never sent");
      return sender;
    }
    if (((seen[mark.index] as number) & this.#walk) !== 0) this.#violated(row, "duplicate", "stands in history twice");
    const isNew = seen[mark.index] === 0;
    seen[mark.index] = (seen[mark.index] as number) | this.#walk;
    if (this.#walk === FIRST_WALK) this.#options.order?.add(this.#options.reader, sender, mark.index);
    if (!isNew) return sender;
    if (checker.isRefused(conversation, sender, mark.index)) {
      this.#violated(row, "done although refused", "was refused and stands in history");
      return sender;
    }
    if (row.from_user_id !== userIdOf(mark.sender)) {
      this.#violated(
        row,
        "phantom",
        `has the sender ${row.from_user_id} in history, expected ${userIdOf(mark.sender)}`,
      );
    }
    if (payload.verify(row.msg_data, row.client_msg_id, mark.index) === undefined) {
      const difference = payload.describeDifference(row.msg_data, row.client_msg_id, mark.index);
      this.#violated(row, "content changed", `has another content in history than was sent: ${difference}`);
    }
    if (checker.isAnswered(conversation, sender, mark.index)) {
      this.#fingerprints[sender] = (this.#fingerprints[sender] as number) + fingerprint(mark.index, row.server_msg_id);
    }
    return sender;
  }

  #judgeSender(sender: number): void {
    const { conversation, checker, violations } = this.#options;
    const seen = this.#seen[sender] as Uint8Array;
    let missing = 0;
    for (let index = 0; index < seen.length; index++) {
      const walks = seen[index] as number;
      const isOnceInTwoWalks = this.#walk === SECOND_WALK && walks !== 0 && walks !== (FIRST_WALK | SECOND_WALK);
      if (walks !== 0 && !isOnceInTwoWalks) continue;
      const { reader } = this.#options;
      const sighting = { conversation, sender, index, serverMsgId: 0n };
      if (isOnceInTwoWalks) {
        violations.violated("history", () =>
          checker.example(
            sighting,
            reader,
            "page gap or overlap",
            `is in one walk through history and not in ${walks === FIRST_WALK ? "a second" : "the first"} with other pages`,
          ),
        );
        continue;
      }
      if (!checker.isAnswered(conversation, sender, index)) continue;
      if (checker.isRefused(conversation, sender, index)) continue;
      missing++;
      violations.violated("history", () =>
        checker.example(sighting, reader, "lost after acknowledgement", "was acknowledged and is not in history"),
      );
    }
    if (missing === 0 && this.#fingerprints[sender] !== checker.memberRecord(conversation, sender).fingerprint) {
      violations.violated("history", () =>
        describeAnomaly(
          "id differs",
          `History has messages under another server_msg_id than the acknowledgements gave (conversation ${conversation.number}, member ${sender})`,
          { conversation: conversation.number, member: sender },
        ),
      );
    }
  }

  /** Unread are the messages of others above what the member has read; in a group, above its own newest, too (UNREAD-02). */
  #expectation(member: number): SessionExpectation {
    const { conversation, checker } = this.#options;
    const { readId, ackedId, isReadUncertain } = checker.memberRecord(conversation, member);
    const readTo = isGroup(conversation) && ackedId > readId ? ackedId : readId;
    let certain = 0;
    let possible = 0;
    let before = 0;
    // Both walks give the same; the first one was whole in any case.
    const { ids, senders } = this.#firstWalk ?? { ids: this.#ids, senders: this.#senders };
    for (let at = 0; at < ids.length && (ids[at] as bigint) > readTo; at++) {
      const sender = senders[at] as number;
      if (sender === member) continue;
      if (sender === NOTIFICATION) possible++;
      else if (sender === NOT_OF_THIS_RUN) before++;
      else certain++;
    }
    return {
      conversation,
      member,
      newestId: ids[0] ?? 0n,
      newestClientMsgId: this.#newestClientMsgId,
      unreadAtLeast: isReadUncertain ? 0 : certain,
      // Whether messages of before this run were read is not known.
      unreadAtMost: before > 0 ? Number.POSITIVE_INFINITY : certain + possible,
    };
  }

  #violated(row: CIMMsgInfo, anomaly: AnomalyName, what: string): void {
    const { conversation, checker, violations, run } = this.#options;
    violations.violated("history", () => {
      const mark: MessageMark | undefined = decodeMark(row.client_msg_id);
      const sender = mark?.run === run ? this.#positions.get(mark.sender) : undefined;
      if (!mark || sender === undefined) {
        return describeAnomaly(
          anomaly,
          `Message ${row.client_msg_id} of user ${row.from_user_id} ${what} (conversation ${conversation.number})`,
          { client_msg_id: row.client_msg_id },
        );
      }
      const sighting = { conversation, sender, index: mark.index, serverMsgId: row.server_msg_id };
      return checker.example(sighting, this.#options.reader, anomaly, what);
    });
  }
}
