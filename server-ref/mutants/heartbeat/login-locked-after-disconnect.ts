import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

const LOCKED_MS = 2_000;

/** HB-05: refuses a user's login for a while after the last connection has ended. */
export const loginLockedAfterDisconnect: Mutant = {
  name: "login-locked-after-disconnect",
  breaks: ["HB-05"],
  title: "refuses a user's login for a while after the last connection has ended",
  story: "The session of the lost connection is kept until it times out, and counts as a login from elsewhere.",
  apply(seams) {
    const left = new Map<bigint, number>();
    seams.userOffline.push((userId) => {
      left.set(userId, seams.now());
      return [];
    });
    wrapStore(seams, (store) => ({
      userByName: async (name) => {
        const user = await store.userByName(name);
        const at = user && left.get(user.user_id);
        return at !== undefined && seams.now() - at < LOCKED_MS ? undefined : user;
      },
    }));
  },
};
