import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** FRIEND-02: gives the nickname of the user above. */
export const wrongNicknames: Mutant = {
  name: "wrong-nicknames",
  breaks: ["FRIEND-02"],
  companions: [{ rule: "FRIEND-01", reason: "each user comes with a nickname" }],
  title: "gives the nickname of the user above",
  story: "Ids and nicknames are two lists that are one row apart.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      newestUsers: async (except, limit) => {
        const users = await store.newestUsers(except, limit);
        return users.map((user, place) => ({
          ...user,
          nick_name: users[place - 1]?.nick_name ?? users.at(-1)?.nick_name ?? "",
        }));
      },
    }));
  },
};
