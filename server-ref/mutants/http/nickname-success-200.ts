import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-14: answers a nickname query with `error_code` 200. */
export const nicknameSuccess200: Mutant = {
  name: "nickname-success-200",
  breaks: ["HTTP-14"],
  title: "answers a nickname query with `error_code` 200",
  story: "Success is 200 in all other answers.",
  apply(seams) {
    wrapHttp(seams, "/user/nickname/query", async (request, original) => {
      const answer = await original(request);
      return { ...answer, error_code: answer.error_code === 0 ? 200 : answer.error_code };
    });
  },
};
