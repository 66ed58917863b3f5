import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-07: checks the nickname before name and password. */
export const nicknameCheckedFirst: Mutant = {
  name: "nickname-checked-first",
  breaks: ["HTTP-07"],
  companions: [{ rule: "HTTP-06", reason: "the code of a blank nickname is that of the wrong check" }],
  title: "checks the nickname before name and password",
  story: "The checks stand in the order of the form on the screen.",
  apply(seams) {
    wrapHttp(seams, "/user/register", async (request, original) => {
      const answer = await original(request);
      const nickname = /"userNickName"\s*:\s*"\s*"/.test(Buffer.from(request.body).toString());
      return nickname && answer.error_code === 9001 && /user/.test(answer.error_msg)
        ? { ...answer, error_msg: "invalid userNickName", error_code: 9000 }
        : answer;
    });
  },
};
