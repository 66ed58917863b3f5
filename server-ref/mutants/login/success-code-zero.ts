import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-02: answers a successful login with `result_code` 0. */
export const successCodeZero: Mutant = {
  name: "success-code-zero",
  breaks: ["LOGIN-02"],
  title: "answers a successful login with `result_code` 0",
  story: "Zero means success nearly everywhere else.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code }) => ({
      result_code: (result_code === 200 ? 0 : result_code) as 200,
    }));
  },
};
