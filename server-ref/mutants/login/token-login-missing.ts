import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

/** LOGIN-01: knows no login by token. */
export const tokenLoginMissing: Mutant = {
  name: "token-login-missing",
  breaks: ["LOGIN-01"],
  companions: [
    { rule: "LOGIN-02", reason: "the case logs in by token" },
    { rule: "LOGIN-05", reason: "the case logs in by token" },
    { rule: "LOGIN-06", reason: "the case logs in by token" },
    { rule: "LOGIN-13", reason: "the case logs in by token" },
  ],
  title: "knows no login by token",
  story: "The method is called deprecated, so it was never written.",
  apply(seams) {
    seams.handlers.delete(commands.LOGIN_AUTH_TOKEN_REQ.id);
  },
};
