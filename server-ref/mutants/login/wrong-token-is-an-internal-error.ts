import { CIMErrorCode, commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** LOGIN-05: answers a wrong token with 201. */
export const wrongTokenIsAnInternalError: Mutant = {
  name: "wrong-token-is-an-internal-error",
  breaks: ["LOGIN-05"],
  title: "answers a wrong token with 201",
  story: "The store reports a mismatch as an error, and errors of the store are answered with 201.",
  apply(seams) {
    changeAnswers(seams, commands.LOGIN_AUTH_TOKEN_RSP, ({ result_code }) => ({
      result_code: result_code === 200 ? result_code : CIMErrorCode.kCIM_ERR_INTERNAL_ERROR,
    }));
  },
};
