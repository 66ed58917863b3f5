import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-03: gives the server's time in milliseconds. */
export const serverTimeInMilliseconds: Mutant = {
  name: "server-time-in-milliseconds",
  breaks: ["LOGIN-03"],
  title: "gives the server's time in milliseconds",
  story: "The clock of the language counts milliseconds, and the field took what was left of them.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_RSP, () => ({ server_time: seams.now() % 2 ** 32 }));
  },
};
