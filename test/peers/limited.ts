import { commands } from "../../codegen/index.ts";
import type { LimitName } from "../../scenarios/rules/index.ts";
import { reply } from "../../server-ref/mutants/wrap/effects.ts";
import { changeEffects } from "../../server-ref/mutants/wrap/handlers.ts";
import { watchConnections } from "../../server-ref/mutants/wrap/packets.ts";
import { changeSessions, wrapStore } from "../../server-ref/mutants/wrap/store.ts";
import type { Seams } from "../../server-ref/seams.ts";

/** `kCIM_ERR_INTERNAL_ERROR`, which a refusal may have. */
const REFUSED = 201;

/** How many of what a server keeps. */
export type OwnLimits = Readonly<Record<LimitName, number>>;

function limitDevices(seams: Seams, most: number): void {
  const connections = watchConnections(seams);
  changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
    const user = effects.find((effect) => effect.kind === "login")?.user_id;
    const online = connections.filter((one) => one.isOnline && one.self === user).length;
    if (user === undefined || online < most) return effects;
    return [reply(commands.LOGIN_AUTH_RSP, { server_time: Math.trunc(seams.now() / 1000), result_code: REFUSED })];
  });
}

function limitGroups(seams: Seams, groups: number, members: number): void {
  const refused = { outcome: "refused", reason: "too-many-members" } as const;
  wrapStore(seams, (store) => {
    // One after another, so that two at once do not both count before either is made.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = async <T>(users: readonly bigint[], act: () => Promise<T>): Promise<T | typeof refused> => {
      const done = last.then(async () => {
        const counts = await Promise.all(users.map(async (id) => (await store.groupsOf(id)).length));
        return counts.some((count) => count >= groups) ? refused : await act();
      });
      last = done.catch(() => {});
      return await done;
    };
    return {
      createGroup: async (act) =>
        await inTurn([act.by, ...act.members], () => store.createGroup({ ...act, limit: members })),
      addMembers: async (act) => {
        const known = await store.members(act.group_id);
        const added = act.members.filter((id) => !known?.includes(id));
        return await inTurn(added, () => store.addMembers({ ...act, limit: members }));
      },
    };
  });
}

/** Makes a server keep no more than so many of everything. */
export function limitTo(limits: OwnLimits): (seams: Seams) => void {
  return (seams) => {
    seams.gate.incomingLimit = () => limits["incoming-bytes"];
    limitDevices(seams, limits.devices);
    limitGroups(seams, limits.groups, limits["group-members"]);
    changeSessions(seams, (sessions) => sessions.slice(0, limits.sessions));
    wrapStore(seams, (store) => ({
      append: async (message) =>
        message.msg_data.length > limits["content-bytes"]
          ? { outcome: "refused", reason: "bad-session-type" }
          : await store.append(message),
    }));
  };
}
