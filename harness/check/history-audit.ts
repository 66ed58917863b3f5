import { type CIMMsgInfo, CIMMsgType } from "../../codegen/index.ts";
import { type Checker, fingerprint } from "./checker.ts";
import type { Conversation } from "./conversations.ts";
import { decodeMark, type MessageMark } from "./message-mark.ts";
import type { PayloadFormat } from "./payload.ts";
import type { SessionExpectation } from "./session-audit.ts";
import type { Violations } from "./violations.ts";

/** What an audit of one conversation needs. */
export interface HistoryAuditOptions {
  checker: Checker;
  violations: Violations;
  conversation: Conversation;
  /** Tag of the run; rows of earlier runs are passed over. */
  run: number;
  payload: PayloadFormat;
  /** The id under which the server knows a member. */
  userIdOf(user: number): bigint;
}

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

  constructor(options: HistoryAuditOptions) {
    const { conversation, checker } = options;
    this.#options = options;
    this.#positions = new Map(conversation.members.map((user, position) => [user, position]));
    this.#seen = conversation.members.map(
      (_, position) => new Uint8Array(checker.members.sent[conversation.firstMember + position] as number),
    );
    this.#fingerprints = new Uint32Array(conversation.members.length);
  }

  /**
   * Takes a page, ascending as the server sent it.
   * @returns the `end_msg_id` to ask for next, or undefined when the walk is over
   */
  addPage(rows: readonly CIMMsgInfo[], limit: number): bigint | undefined {
    let ofThisRun = 0;
    for (let at = rows.length - 1; at >= 0; at--) {
      const row = rows[at] as CIMMsgInfo;
      const newer = this.#ids.at(-1);
      this.#options.violations.checked("history");
      if (newer !== undefined && row.server_msg_id >= newer) {
        this.#violated(
          row,
          `stands before server_msg_id ${newer} in history, although its own is ${row.server_msg_id}`,
        );
        // Going on from here could go round in circles.
        return undefined;
      }
      if (this.#ids.length === 0) this.#newestClientMsgId = row.client_msg_id;
      this.#ids.push(row.server_msg_id);
      const sender = this.#judgeRow(row);
      this.#senders.push(sender);
      if (sender >= 0) ofThisRun++;
    }
    const isBeginning = rows.length < limit;
    const isBeforeThisRun =
      ofThisRun === 0 && rows.every((row) => row.msg_type !== CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION);
    return isBeginning || isBeforeThisRun ? undefined : this.#ids.at(-1);
  }

  /** Judges the whole walk. @returns per member, what the session list must show */
  finish(): SessionExpectation[] {
    const { conversation } = this.#options;
    for (let sender = 0; sender < conversation.members.length; sender++) this.#judgeSender(sender);
    return conversation.members.map((_, member) => this.#expectation(member));
  }

  #judgeRow(row: CIMMsgInfo): number {
    const { conversation, run, payload, userIdOf, checker } = this.#options;
    if (row.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION) return NOTIFICATION;
    const mark = decodeMark(row.client_msg_id);
    if (!mark || mark.run !== run) return NOT_OF_THIS_RUN;
    const sender = this.#positions.get(mark.sender);
    if (mark.conversation !== conversation.number || sender === undefined) {
      this.#violated(row, "belongs to another conversation and stands in this history");
      return NOT_OF_THIS_RUN;
    }
    const seen = this.#seen[sender] as Uint8Array;
    if (mark.index >= seen.length) {
      this.#violated(row, "stands in history but was never sent");
      return sender;
    }
    if (seen[mark.index] !== 0) this.#violated(row, "stands in history twice");
    seen[mark.index] = 1;
    if (row.from_user_id !== userIdOf(mark.sender)) {
      this.#violated(row, `has the sender ${row.from_user_id} in history, expected ${userIdOf(mark.sender)}`);
    }
    if (payload.verify(row.msg_data, row.client_msg_id, mark.index) === undefined) {
      this.#violated(row, "has another content in history than was sent");
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
      if (seen[index] === 1 || !checker.isAnswered(conversation, sender, index)) continue;
      missing++;
      violations.violated("history", () =>
        checker.example(
          { conversation, sender, index, serverMsgId: 0n },
          sender,
          "was acknowledged and is not in history",
        ),
      );
    }
    const row = conversation.firstMember + sender;
    if (missing === 0 && this.#fingerprints[sender] !== checker.members.fingerprint[row]) {
      violations.violated("history", () => ({
        text: `History has messages under another server_msg_id than the acknowledgements gave (conversation ${conversation.number}, member ${sender}).`,
        details: { conversation: conversation.number, member: sender },
      }));
    }
  }

  /** Unread are the messages of others above what the member has read; in a group, above its own newest, too (UNREAD-02). */
  #expectation(member: number): SessionExpectation {
    const { conversation, checker } = this.#options;
    const row = conversation.firstMember + member;
    const readId = checker.members.readId[row] as bigint;
    const ownId = checker.members.ackedId[row] as bigint;
    const readTo = conversation.kind === 2 && ownId > readId ? ownId : readId;
    let certain = 0;
    let possible = 0;
    let before = 0;
    for (let at = 0; at < this.#ids.length && (this.#ids[at] as bigint) > readTo; at++) {
      const sender = this.#senders[at] as number;
      if (sender === member) continue;
      if (sender === NOTIFICATION) possible++;
      else if (sender === NOT_OF_THIS_RUN) before++;
      else certain++;
    }
    return {
      conversation,
      member,
      newestId: this.#ids[0] ?? 0n,
      newestClientMsgId: this.#newestClientMsgId,
      unreadAtLeast: checker.members.readInFlight[row] === 1 ? 0 : certain,
      // Whether messages of before this run were read is not known.
      unreadAtMost: before > 0 ? Number.POSITIVE_INFINITY : certain + possible,
    };
  }

  #violated(row: CIMMsgInfo, what: string): void {
    const { conversation, checker, violations, run } = this.#options;
    violations.violated("history", () => {
      const mark: MessageMark | undefined = decodeMark(row.client_msg_id);
      const sender = mark?.run === run ? this.#positions.get(mark.sender) : undefined;
      if (!mark || sender === undefined) {
        return {
          text: `Message ${row.client_msg_id} of user ${row.from_user_id} ${what} (conversation ${conversation.number}).`,
        };
      }
      return checker.example({ conversation, sender, index: mark.index, serverMsgId: row.server_msg_id }, sender, what);
    });
  }
}
