import type { Mutant } from "../mutant.ts";
import { changeRegistration } from "../wrap/http.ts";
import { wrapStore } from "../wrap/store.ts";

/** HTTP-09: stores the blanks around nicknames. */
export const blanksKept: Mutant = {
  name: "blanks-kept",
  breaks: ["HTTP-09"],
  companions: [{ rule: "HTTP-04", reason: "blanks are counted as part of the name" }],
  title: "stores the blanks around nicknames",
  story: "Only the name was trimmed.",
  apply(seams) {
    const BLANK = "\u2800";
    changeRegistration(seams, ({ userNickName, ...others }) => ({
      ...others,
      userNickName:
        typeof userNickName === "string" && userNickName.trim() !== ""
          ? userNickName.replace(/^\s+|\s+$/g, BLANK)
          : userNickName,
    }));
    wrapStore(seams, (store) => ({
      createUser: (user) => store.createUser({ ...user, nick_name: user.nick_name.replaceAll(BLANK, " ") }),
    }));
  },
};
