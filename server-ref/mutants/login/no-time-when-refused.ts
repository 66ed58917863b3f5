import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-03: leaves `server_time` at 0 when it refuses a login. */
export const noTimeWhenRefused: Mutant = {
  name: "no-time-when-refused",
  breaks: ["LOGIN-03"],
  title: "leaves `server_time` at 0 when it refuses a login",
  story: "The refusal is built by a shorter function that sets the code and nothing else.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code, server_time }) => ({
      server_time: result_code === 200 ? server_time : 0,
    }));
  },
};
