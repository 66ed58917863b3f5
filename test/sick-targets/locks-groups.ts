import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** The second half of a command's id tells it within its family. */
const FAMILY_BITS = 8;
const GROUPS = commands.GROUP_CREATE_DEFAULT_REQ.id >> FAMILY_BITS;

/** Takes the lock of all groups for a request of somebody who may not make it, and never gives it back. */
export const locksGroups: SickTarget = {
  name: "locks-groups",
  title: "answers no command of groups any more once somebody has disbanded another's group",
  start() {
    const owners = new Map<bigint, bigint>();
    let isLocked = false;
    return Front.start({
      onRequest({ header, body }) {
        if (header.command_id >> FAMILY_BITS !== GROUPS) return false;
        if (header.command_id === commands.GROUP_DISBINGDING_REQ.id) {
          const { user_id, group_id } = commands.GROUP_DISBINGDING_REQ.body.decode(body);
          const owner = owners.get(group_id);
          isLocked ||= owner !== undefined && owner !== user_id;
        }
        return isLocked;
      },
      onAnswer({ header, body }) {
        if (header.command_id !== commands.GROUP_CREATE_DEFAULT_RSP.id) return false;
        const { user_id, group_info } = commands.GROUP_CREATE_DEFAULT_RSP.body.decode(body);
        if (group_info) owners.set(group_info.group_id, user_id);
        return false;
      },
    });
  },
};
