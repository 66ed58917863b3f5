import { commands } from "../../../codegen/index.ts";
import { startServerProcess } from "../server-process.ts";
import type { BenchUser } from "../users.ts";
import { Line } from "./line.ts";
import { below, type Random } from "./seeded-random.ts";

/** The most messages that are acknowledged before a kill, but for those that follow at once. */
const LONGEST_LIFE = 400;
/** Messages of a user that wait for their acknowledgement at a time. */
const WINDOW = 8;

/** A message and who it goes from and to. */
interface Sent {
  readonly id: string;
  readonly from: BenchUser;
  readonly to: BenchUser;
}

/** What one sender keeps for as long as it is not acknowledged. */
type Unacknowledged = Map<string, Sent>;

async function send(line: Line, { id, from, to }: Sent): Promise<boolean> {
  const message = {
    from_user_id: from.user_id,
    to_session_id: to.user_id,
    client_msg_id: id,
    session_type: 1 as const,
  };
  const ack = await line.ask(commands.MSG_DATA, { ...message, msg_type: 1, msg_data: Buffer.from(id) });
  return ack?.res_code === 1;
}

/** Kills a server again and again at a moment of the seed's, while users send; those send again what was not acknowledged. */
export async function killAgainAndAgain(
  store: readonly string[],
  users: readonly BenchUser[],
  random: Random,
  kills: number,
): Promise<Record<string, number>> {
  const acknowledged = new Map<string, Sent>();
  const waiting = new Map(users.map((user): [BenchUser, Unacknowledged] => [user, new Map()]));
  let count = 0;
  for (let round = 0; round <= kills; round++) {
    const server = await startServerProcess([...store, "--strict-log"]);
    const isLast = round === kills;
    const until = acknowledged.size + 1 + below(random, LONGEST_LIFE);
    const lane = async (line: Line, from: BenchUser, own: Unacknowledged): Promise<void> => {
      const to = users[(users.indexOf(from) ^ 1) % users.length] as BenchUser;
      for (;;) {
        const [again] = own.values();
        if (isLast && !again) return;
        const sent = again ?? { id: `kill-${++count}`, from, to };
        own.delete(sent.id);
        const done = await send(line, sent);
        if (!done) {
          own.set(sent.id, sent);
          return;
        }
        acknowledged.set(sent.id, sent);
        if (!isLast && acknowledged.size === until) process.kill(server.pid, "SIGKILL");
      }
    };
    await Promise.all(
      users.map(async (user) => {
        // The kill may come before a login.
        const line = await Line.open(server.tcp, user).catch(() => undefined);
        if (!line) return;
        const own = waiting.get(user) as Unacknowledged;
        await Promise.all(Array.from({ length: WINDOW }, () => lane(line, user, own)));
        line.socket.destroy();
      }),
    );
    if (isLast) {
      const found = await countStored(server.tcp, users);
      const resident = await server.residentBytes();
      await server.stop();
      const times = [...acknowledged.keys()].map((id) => found.get(id) ?? 0);
      return {
        rounds: kills,
        messages: acknowledged.size,
        lost: times.filter((each) => each === 0).length,
        doubled: times.filter((each) => each > 1).length,
        "resident MiB at the end": Math.round(resident / 2 ** 20),
      };
    }
    await server.stop();
  }
  return {};
}

/** How often each message stands in the histories, each of which is read from one of its sides. */
async function countStored(port: number, users: readonly BenchUser[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let index = 0; index < users.length; index += 2) {
    const [user, peer] = [users[index] as BenchUser, users[index + 1] as BenchUser];
    const line = await Line.open(port, user);
    for (let end_msg_id = 0n; ; ) {
      const request = { session_type: 1 as const, session_id: peer.user_id, end_msg_id, limit_count: 100 };
      const page = await line.ask(commands.LIST_MSG_REQ, { user_id: user.user_id, ...request });
      const messages = page?.msg_list ?? [];
      for (const { client_msg_id } of messages) found.set(client_msg_id, (found.get(client_msg_id) ?? 0) + 1);
      end_msg_id = messages[0]?.server_msg_id ?? 1n;
      if (end_msg_id <= 1n) break;
    }
    line.socket.destroy();
  }
  return found;
}
