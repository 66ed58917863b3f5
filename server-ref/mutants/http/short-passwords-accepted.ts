import type { Mutant } from "../mutant.ts";
import { changeRegistration } from "../wrap/http.ts";

/** HTTP-05: registers with passwords of any length. */
export const shortPasswordsAccepted: Mutant = {
  name: "short-passwords-accepted",
  breaks: ["HTTP-05"],
  companions: [{ rule: "HTTP-07", reason: "a password that is too short is not found" }],
  title: "registers with passwords of any length",
  story: "The password is hashed anyway, so its length was no concern.",
  apply(seams) {
    changeRegistration(seams, ({ userPwd, ...others }) => ({
      ...others,
      userPwd: typeof userPwd === "string" ? userPwd.padEnd(32, "0").slice(0, 32) : userPwd,
    }));
  },
};
