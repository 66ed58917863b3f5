import type { Call, CallTable } from "../logic/calls.ts";
import type { RedisConnections } from "./redis-connections.ts";

/** A call whose gate was killed ends by itself: nothing renews it for so long, in milliseconds. */
const CALL_EXPIRES_MS = 120_000;

const callKey = (channelName: string): string => `cupping:call:${channelName}`;
const userKey = (userId: bigint): string => `cupping:calling:${userId}`;

/** KEYS: caller, called, call. ARGV: channel, call, milliseconds. */
const BEGIN = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 'caller' end
  if redis.call('EXISTS', KEYS[2]) == 1 then return 'called' end
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
  redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
  return 'begun'`;

/** KEYS: call, caller, called. ARGV: the call as it was read, as it becomes, milliseconds. 1 when nobody was faster. */
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
  return 1`;

/** KEYS: call, caller, called. ARGV: the call as it was read. 1 when nobody was faster. */
const REMOVE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  return 1`;

function write(call: Call): string {
  return JSON.stringify(call, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

function read(text: string): Call {
  const call = JSON.parse(text) as Call & { creator_id: string; called_id: string };
  return { ...call, creator_id: BigInt(call.creator_id), called_id: BigInt(call.called_id) };
}

/** The calls of all gates that share a Redis. */
export function createRedisCalls({ commands }: RedisConnections): CallTable {
  /** Reads a call and runs a script on it until no other gate has changed it in between. */
  const attempt = async (
    channelName: string,
    from: readonly Call["state"][] | undefined,
    script: string,
    change: (call: Call) => { result: Call; args: string[] },
  ): Promise<Call | undefined> => {
    for (;;) {
      const text = await commands.get(callKey(channelName));
      if (text === null) return undefined;
      const call = read(text);
      if (from && !from.includes(call.state)) return undefined;
      const { result, args } = change(call);
      const keys = [callKey(channelName), userKey(call.creator_id), userKey(call.called_id)];
      if ((await commands.eval(script, { keys, arguments: [text, ...args] })) === 1) return result;
    }
  };

  return {
    async begin(call) {
      const keys = [userKey(call.creator_id), userKey(call.called_id), callKey(call.channel_name)];
      const values = [call.channel_name, write(call), String(CALL_EXPIRES_MS)];
      const outcome = (await commands.eval(BEGIN, { keys, arguments: values })) as "begun" | "caller" | "called";
      return outcome === "begun" ? { begun: true } : { begun: false, busy: outcome };
    },
    async ofUser(userId) {
      const channelName = await commands.get(userKey(userId));
      const text = channelName === null ? null : await commands.get(callKey(channelName));
      return text === null ? undefined : read(text);
    },
    change: (channelName, from, change) =>
      attempt(channelName, from, REPLACE, (call) => {
        const result = { ...call, ...change };
        return { result, args: [write(result), String(CALL_EXPIRES_MS)] };
      }),
    end: (channelName, from) => attempt(channelName, from, REMOVE, (call) => ({ result: call, args: [] })),
  };
}
