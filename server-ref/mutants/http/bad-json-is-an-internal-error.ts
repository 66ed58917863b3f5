import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-03: answers a body that is no JSON with 201. */
export const badJsonIsAnInternalError: Mutant = {
  name: "bad-json-is-an-internal-error",
  breaks: ["HTTP-03"],
  title: "answers a body that is no JSON with 201",
  story: "The parser throws, and what is thrown is an internal error.",
  apply(seams) {
    wrapHttp(seams, "/user/register", async (request, original) => {
      const answer = await original(request);
      return answer.error_msg === "invalid parameters"
        ? { error_code: 201, error_msg: "server internal error" }
        : answer;
    });
  },
};
