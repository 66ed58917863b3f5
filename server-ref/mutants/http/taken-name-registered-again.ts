import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-08: answers the registration of a name that is taken with success. */
export const takenNameRegisteredAgain: Mutant = {
  name: "taken-name-registered-again",
  breaks: ["HTTP-08"],
  title: "answers the registration of a name that is taken with success",
  story: 'The insert says "or ignore", and nobody looks whether a row was made.',
  apply(seams) {
    wrapHttp(seams, "/user/register", async (request, original) => {
      const answer = await original(request);
      return answer.error_code === 9000 ? { error_code: 200, error_msg: "success" } : answer;
    });
  },
};
