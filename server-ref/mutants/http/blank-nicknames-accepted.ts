import type { Mutant } from "../mutant.ts";
import { changeRegistration } from "../wrap/http.ts";

/** HTTP-06: registers users with a blank nickname. */
export const blankNicknamesAccepted: Mutant = {
  name: "blank-nicknames-accepted",
  breaks: ["HTTP-06"],
  companions: [{ rule: "HTTP-07", reason: "a blank nickname is not found" }],
  title: "registers users with a blank nickname",
  story: "The user name is shown when there is no nickname.",
  apply(seams) {
    changeRegistration(seams, ({ userNickName, userName, ...others }) => ({
      ...others,
      userName,
      userNickName: typeof userNickName === "string" && userNickName.trim() === "" ? "?" : userNickName,
    }));
  },
};
