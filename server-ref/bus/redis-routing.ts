import type { RedisConnections } from "./redis-connections.ts";

/** How long a stream keeps pushes, in milliseconds: a gate may be without Redis for so long and misses none. */
export const KEPT_MS = 10_000;

/** A Redis that was empty so long ago may not know every gate yet, in milliseconds: each is back within this time. */
const UNSETTLED_MS = 15_000;

/** Users up to which the gates of each are looked up; what more get goes to all gates. */
const MOST_ROUTED = 100;

/** How long it is known which messages were published, in seconds: by {@link REMEMBERED_TERMS} terms and the current one. */
const TERM_S = 30;
const REMEMBERED_TERMS = 3;

/** What goes to all gates. */
export const EVERYBODY = "cupping:pushes";
/** Gates that can be sent pushes of their own, and when each last said that it can, in Redis's milliseconds. */
const GATES = "cupping:gates";
/** How long a gate that says nothing may come back and expect pushes, in milliseconds. */
const LISTED_MS = 30_000;
/** When Redis was empty, in its own milliseconds. */
const SINCE = "cupping:since";

/** There while the gate is alive. */
export const gateKey = (gate: string): string => `cupping:gate:${gate}`;
/** There while Redis knows all users of the gate. */
const settledKey = (gate: string): string => `cupping:settled:${gate}`;
/** The gates on which a user is. */
export const userKey = (userId: bigint): string => `cupping:online:${userId}`;
/** What goes to one gate. */
export const streamOf = (gate: string): string => `${EVERYBODY}:${gate}`;

/**
 * Puts pushes where their gates find them, all or none of them. Whoever asks which gates a user is on, and puts the
 * push there, does both in one step, so that nobody can log in or be announced in between. When it is not certain
 * where all users are, a push goes to all gates: while users of a gate may not be announced or it may be
 * gone, while a gate has a user and is not listed, and for a while after Redis was empty.
 *
 * KEYS: of all gates. ARGV: the gate that publishes, then for each push: its id where it must be published once, whether
 * that gate gets it as well ('1'), users, the entry.
 */
const PUBLISH = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local kept = string.format('%d', now - ${KEPT_MS})
  local since = redis.call('GET', '${SINCE}')
  if not since then
    since = now
    redis.call('SET', '${SINCE}', string.format('%d', now))
  end
  local certain = now - tonumber(since) >= ${UNSETTLED_MS}

  local listed, living = {}, {}
  local function lives(gate)
    if living[gate] == nil then living[gate] = redis.call('EXISTS', 'cupping:gate:' .. gate) == 1 end
    return living[gate]
  end
  for _, gate in ipairs(redis.call('ZRANGEBYSCORE', '${GATES}', now - ${LISTED_MS}, '+inf')) do
    listed[gate] = true
    if redis.call('EXISTS', 'cupping:settled:' .. gate) == 0 then certain = false end
  end

  local function gates_of(users, but)
    local gates, seen, count = {}, {}, 0
    for user in string.gmatch(users, '%d+') do
      count = count + 1
      if count > ${MOST_ROUTED} then return nil end
      for _, gate in ipairs(redis.call('SMEMBERS', 'cupping:online:' .. user)) do
        if gate ~= but and not seen[gate] and lives(gate) then
          if not listed[gate] then return nil end
          seen[gate] = true
          gates[#gates + 1] = gate
        end
      end
    end
    return gates
  end

  local term = math.floor(time[1] / ${TERM_S})
  local published = string.format('cupping:published:%d', term)
  local function is_first(id)
    if id == '' then return true end
    for before = 1, ${REMEMBERED_TERMS} do
      if redis.call('SISMEMBER', string.format('cupping:published:%d', term - before), id) == 1 then return false end
    end
    if redis.call('SADD', published, id) == 0 then return false end
    redis.call('EXPIRE', published, ${TERM_S * (REMEMBERED_TERMS + 2)})
    return true
  end

  local first = {}
  for at = 2, #ARGV, 4 do
    local isFirst = is_first(ARGV[at])
    first[#first + 1] = isFirst and 1 or 0
    if isFirst then
      local but = ARGV[at + 1] == '1' and '' or ARGV[1]
      local gates = certain and gates_of(ARGV[at + 2], but)
      if gates then
        for _, gate in ipairs(gates) do
          local stream = KEYS[1] .. ':' .. gate
          redis.call('XADD', stream, 'MINID', '~', kept, '*', 'entry', ARGV[at + 3])
          redis.call('PEXPIRE', stream, ${3 * KEPT_MS})
        end
      else
        redis.call('XADD', KEYS[1], 'MINID', '~', kept, '*', 'entry', ARGV[at + 3])
      end
    end
  end
  return first`;

/** KEYS: all gates, the gate's mark. ARGV: the gate, how long it counts. */
const SETTLE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ${2 * LISTED_MS})
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('SET', KEYS[2], 'all users are announced', 'PX', ARGV[2])`;

/** Says that Redis knows all users of a gate, for some milliseconds from now. */
export async function settle(
  { commands }: Pick<RedisConnections, "commands">,
  gate: string,
  ms: number,
): Promise<void> {
  await commands.eval(SETTLE, { keys: [GATES, settledKey(gate)], arguments: [gate, String(ms)] });
}

/** The gate ends in order: nobody waits for it. */
export async function leave({ commands }: Pick<RedisConnections, "commands">, gate: string): Promise<void> {
  await commands
    .multi()
    .zRem(GATES, gate)
    .del([gateKey(gate), settledKey(gate), streamOf(gate)])
    .exec();
}

/** A push on its way into Redis. */
export interface OutgoingPush {
  /** What is published under the same id within {@link TERM_S} times {@link REMEMBERED_TERMS} seconds is published once. */
  readonly once: string | undefined;
  readonly users: readonly bigint[];
  /** Whether the gate that publishes it gets it back. */
  readonly toSelf: boolean;
  readonly entry: Buffer;
}

/** @returns for each push whether it was the first of its id */
export async function publishAll(
  { commands }: RedisConnections,
  gate: string,
  pushes: readonly OutgoingPush[],
): Promise<boolean[]> {
  const values = pushes.flatMap(({ once, toSelf, users, entry }) => [
    once ?? "",
    toSelf ? "1" : "",
    users.slice(0, MOST_ROUTED + 1).join(),
    entry,
  ]);
  const first = await commands.eval(PUBLISH, { keys: [EVERYBODY], arguments: [gate, ...values] });
  return (first as number[]).map((each) => each === 1);
}
