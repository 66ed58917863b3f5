import { type CIMMsgInfo, type Command, commands, type Partially } from "../../codegen/index.ts";
import type { RequestOptions } from "./channel.ts";
import { ClientError } from "./errors.ts";
import type { SessionRef } from "./session-ref.ts";
import type { WaitOptions } from "./wait.ts";

/** Rows of a page unless told otherwise; the most a server gives (HIST-06). */
export const MAX_HISTORY_PAGE = 100;

/** A client as far as reading needs it. */
export interface Requester {
  readonly userId: bigint;
  request<M, Reply>(command: Command<M, Reply>, message: Partially<M>, options?: RequestOptions): Promise<Reply>;
}

/** Which page of a history. */
export interface HistoryPageOptions extends WaitOptions {
  /** Only messages whose `server_msg_id` is below this one; 0, the default, starts at the newest (HIST-02). */
  readonly before?: bigint | undefined;
  /** Most messages of the page. Default and maximum 100. */
  readonly limit?: number | undefined;
}

/** One page of a conversation, ascending by `server_msg_id` (HIST-03). */
export async function historyPage(
  client: Requester,
  { session_id, session_type }: SessionRef,
  { before = 0n, limit = MAX_HISTORY_PAGE, ...wait }: HistoryPageOptions = {},
): Promise<CIMMsgInfo[]> {
  const reply = await client.request(
    commands.LIST_MSG_REQ,
    { user_id: client.userId, session_type, session_id, end_msg_id: before, limit_count: limit },
    wait,
  );
  return reply.msg_list;
}

/** Page after page, from the newest back to the beginning; a short page is the last one (HIST-05, HIST-14). @throws ClientError */
export async function* historyPages(
  client: Requester,
  session: SessionRef,
  options: HistoryPageOptions = {},
): AsyncGenerator<CIMMsgInfo[], void, undefined> {
  const limit = options.limit ?? MAX_HISTORY_PAGE;
  let before = options.before ?? 0n;
  for (;;) {
    const page = await historyPage(client, session, { ...options, before, limit });
    if (page.length > 0) yield page;
    const oldest = page[0]?.server_msg_id;
    if (oldest === undefined || page.length < limit) return;
    // A server that gives the same page again would keep the loop going for ever.
    if (before !== 0n && oldest >= before) {
      throw new ClientError("bad-answer", `the server's history does not go back beyond ${oldest}`);
    }
    before = oldest;
  }
}
