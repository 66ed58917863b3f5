import type { Mutant } from "../mutant.ts";
import { changeRegistration } from "../wrap/http.ts";

/** HTTP-04: registers user names of four bytes. */
export const shortNamesAccepted: Mutant = {
  name: "short-names-accepted",
  breaks: ["HTTP-04"],
  companions: [{ rule: "HTTP-07", reason: "a name that is too short is not what is found first" }],
  title: "registers user names of four bytes",
  story: "The check says `< 4` where it should say `< 5`.",
  apply(seams) {
    const short = new Map<string, string>();
    changeRegistration(seams, ({ userName, ...others }) => {
      if (typeof userName !== "string" || userName.trim().length !== 4) return { userName, ...others };
      short.set(userName.trim(), `${userName.trim()}-padded`);
      return { userName: short.get(userName.trim()), ...others };
    });
  },
};
