import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-02: leaves `user_info.user_id` of the login answer empty. */
export const userIdMissing: Mutant = {
  name: "user-id-missing",
  breaks: ["LOGIN-02"],
  companions: [{ rule: "HTTP-14", reason: "the user whose nickname is asked for is known from the login" }],
  title: "leaves `user_info.user_id` of the login answer empty",
  story: "The client knows who it is, so the answer seemed to need only the nickname.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ user_info }) => ({
      user_info: user_info && { ...user_info, user_id: 0n },
    }));
  },
};
