import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-02: answers a successful login with `result_code` 0. */
export const successCodeZero: Mutant = {
  name: "success-code-zero",
  breaks: ["LOGIN-02"],
  companions: [
    { rule: "HTTP-01", reason: "whether a registration worked is told by a login" },
    { rule: "HTTP-08", reason: "whether the first registration stays is told by a login" },
    { rule: "HTTP-10", reason: "whether a registration worked is told by a login" },
    { rule: "LOGIN-01", reason: "success is told by the code" },
    { rule: "LOGIN-09", reason: "success is told by the code" },
    { rule: "LOGIN-15", reason: "success is told by the code" },
    { rule: "HTTP-09", reason: "whether a registration worked is told by a login" },
  ],
  title: "answers a successful login with `result_code` 0",
  story: "Zero means success nearly everywhere else.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code }) => ({
      result_code: (result_code === 200 ? 0 : result_code) as 200,
    }));
  },
};
