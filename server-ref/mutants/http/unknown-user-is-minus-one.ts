import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-15: answers the nickname query of an unknown user with -1. */
export const unknownUserIsMinusOne: Mutant = {
  name: "unknown-user-is-minus-one",
  breaks: ["HTTP-15"],
  title: "answers the nickname query of an unknown user with -1",
  story: "All failures of the query share one code.",
  apply(seams) {
    wrapHttp(seams, "/user/nickname/query", async (request, original) => {
      const answer = await original(request);
      return { ...answer, error_code: answer.error_code === 9002 ? -1 : answer.error_code };
    });
  },
};
