import type { CIMSessionType } from "../../../../codegen/index.ts";
import { GROUP } from "../../setup/index.ts";
import type { KnownMessage } from "./devices.ts";

/** The model of a conversation: what the rules say of it after everything that was done. */
export class Talk {
  readonly type: CIMSessionType;
  /** Everything written, oldest first. Notifications are not in it. */
  readonly log: KnownMessage[] = [];
  readonly members: Set<bigint>;
  readonly #session: (who: bigint) => bigint;
  /** Server ids of what each of those who are online has not read. */
  readonly #unread = new Map<bigint, bigint[]>();
  /** Whether the newest entry is a notification, of which the rules leave open how it looks in a list. */
  #endsWithNotification: boolean;

  /** @param session the id under which somebody addresses the conversation */
  constructor(type: CIMSessionType, members: Iterable<bigint>, session: (who: bigint) => bigint) {
    this.type = type;
    this.members = new Set(members);
    this.#session = session;
    this.#endsWithNotification = type === GROUP;
  }

  sessionFor(who: bigint): bigint {
    return this.#session(who);
  }

  /** The newest message, when it is one that somebody wrote. */
  get newest(): KnownMessage | undefined {
    return this.#endsWithNotification ? undefined : this.log.at(-1);
  }

  /** UNREAD-01, UNREAD-02. */
  wrote(message: KnownMessage): void {
    this.log.push(message);
    this.#endsWithNotification = false;
    for (const member of this.members) if (member !== message.from) this.#unreadOf(member).push(message.serverId);
    if (this.type === GROUP) this.#unreadOf(message.from).length = 0;
  }

  unreadOf(who: bigint): number {
    return this.#unreadOf(who).length;
  }

  /** READ-02, READ-03. @param upTo 0: everything */
  read(who: bigint, upTo: bigint): void {
    const left = upTo === 0n ? [] : this.#unreadOf(who).filter((id) => id > upTo);
    this.#unread.set(who, left);
  }

  /** Who is in has changed, and the target has told so in the conversation. */
  membersChanged(): void {
    this.#endsWithNotification = true;
  }

  #unreadOf(who: bigint): bigint[] {
    const ids = this.#unread.get(who) ?? [];
    this.#unread.set(who, ids);
    return ids;
  }
}
