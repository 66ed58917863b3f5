import { type CIMMsgInfo, type Command, commands, type Partially } from "../../codegen/index.ts";
import type { RequestOptions } from "./channel.ts";
import { ClientError, isClientError } from "./errors.ts";
import { PageSize, servedPage } from "./page-size.ts";
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

/** How a history is walked. */
export interface HistoryPagesOptions extends HistoryPageOptions {
  /** Rows of a page. By default as many as the server serves: 100, or 50 or 10 where it leaves those unanswered. */
  readonly limit?: number | undefined;
  /** Whether messages are known to be missing still: then a short page is not taken for the last one. */
  readonly isDue?: (() => boolean) | undefined;
  /** What earlier walks have found out about the server's pages. */
  readonly size?: PageSize | undefined;
}

/**
 * Page after page, from the newest back to the beginning; a short page is the last one (HIST-05, HIST-14).
 * @throws ClientError
 */
export async function* historyPages(
  client: Requester,
  session: SessionRef,
  { isDue = () => false, size = new PageSize(), ...options }: HistoryPagesOptions = {},
): AsyncGenerator<CIMMsgInfo[], void, undefined> {
  let before = options.before ?? 0n;
  for (;;) {
    const page = (limit: number): Promise<CIMMsgInfo[]> =>
      historyPage(client, session, { ...options, before, limit: options.limit ?? limit });
    const { rows, limit } =
      options.limit === undefined
        ? await anyPage(size, page, isDue)
        : {
            rows: await page(options.limit),
            limit: options.limit,
          };
    if (rows.length > 0) yield rows;
    const oldest = rows[0]?.server_msg_id;
    if (oldest === undefined || (rows.length < limit && !isDue())) return;
    // A server that gives the same page again would keep the loop going for ever.
    if (before !== 0n && oldest >= before) {
      throw new ClientError("bad-answer", `the server's history does not go back beyond ${oldest}`);
    }
    before = oldest;
  }
}

async function anyPage(
  size: PageSize,
  page: (limit: number) => Promise<CIMMsgInfo[]>,
  isDue: () => boolean,
): Promise<{ rows: CIMMsgInfo[]; limit: number }> {
  let unanswered: unknown;
  const ask = async (limit: number): Promise<CIMMsgInfo[] | undefined> => {
    try {
      return await page(limit);
    } catch (error) {
      if (!isClientError(error, "deadline")) throw error;
      unanswered = error;
      return undefined;
    }
  };
  const served = await servedPage(size, ask, isDue);
  if (served) return served;
  size.giveUp();
  throw unanswered;
}
