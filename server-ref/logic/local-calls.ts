import type { Call, CallTable } from "./calls.ts";

/** The calls of a service that is one process. */
export function createLocalCalls(): CallTable {
  const byChannel = new Map<string, Call>();
  const byUser = new Map<bigint, Call>();

  const put = (call: Call): void => {
    byChannel.set(call.channel_name, call);
    byUser.set(call.creator_id, call);
    byUser.set(call.called_id, call);
  };

  return {
    async begin(call) {
      if (byUser.has(call.creator_id)) return { begun: false, busy: "caller" };
      if (byUser.has(call.called_id)) return { begun: false, busy: "called" };
      put(call);
      return { begun: true };
    },
    ofUser: async (userId) => byUser.get(userId),
    async change(channelName, from, change) {
      const call = byChannel.get(channelName);
      if (!call || !from.includes(call.state)) return undefined;
      const changed = { ...call, ...change };
      put(changed);
      return changed;
    },
    async end(channelName, from) {
      const call = byChannel.get(channelName);
      if (!call || (from && !from.includes(call.state))) return undefined;
      byChannel.delete(channelName);
      byUser.delete(call.creator_id);
      byUser.delete(call.called_id);
      return call;
    },
  };
}
