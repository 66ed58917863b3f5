import type { Call, CallTable } from "../logic/calls.ts";

/** The calls of a service that is one process. */
export function createLocalCalls(): CallTable {
  const byChannel = new Map<string, Call>();
  const byUser = new Map<bigint, Call>();
  /** By channel: when its time is up, on this process's clock. */
  const dueAt = new Map<string, number>();

  const put = (call: Call, timeLeftMs: number): void => {
    byChannel.set(call.channel_name, call);
    byUser.set(call.creator_id, call);
    byUser.set(call.called_id, call);
    dueAt.set(call.channel_name, performance.now() + timeLeftMs);
  };

  const remove = (channelName: string): Call | undefined => {
    const call = byChannel.get(channelName);
    if (!call) return undefined;
    byChannel.delete(channelName);
    byUser.delete(call.creator_id);
    byUser.delete(call.called_id);
    dueAt.delete(channelName);
    return call;
  };

  return {
    async begin(call, timeLeftMs) {
      if (byUser.has(call.creator_id)) return { begun: false, busy: "caller" };
      if (byUser.has(call.called_id)) return { begun: false, busy: "called" };
      put(call, timeLeftMs);
      return { begun: true };
    },
    ofUser: async (userId) => byUser.get(userId),
    async change(channelName, from, to, timeLeftMs) {
      const call = byChannel.get(channelName);
      if (!call || !from.includes(call.state)) return undefined;
      const changed = { ...call, state: to };
      put(changed, timeLeftMs);
      return changed;
    },
    end: async (channelName) => remove(channelName),
    async takeOverdue() {
      const now = performance.now();
      const overdue = [...dueAt].filter(([, due]) => due <= now);
      return overdue.flatMap(([channelName]) => remove(channelName) ?? []);
    },
  };
}
