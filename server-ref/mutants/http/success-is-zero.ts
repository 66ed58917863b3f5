import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-01: answers a registration with `error_code` 0. */
export const successIsZero: Mutant = {
  name: "success-is-zero",
  breaks: ["HTTP-01"],
  companions: [
    { rule: "HTTP-02", reason: "success of a registration is told by the code" },
    { rule: "HTTP-04", reason: "success of a registration is told by the code" },
    { rule: "HTTP-06", reason: "success of a registration is told by the code" },
    { rule: "HTTP-08", reason: "success of a registration is told by the code" },
    { rule: "HTTP-09", reason: "success of a registration is told by the code" },
    { rule: "HTTP-10", reason: "success of a registration is told by the code" },
    { rule: "HTTP-12", reason: "success of a registration is told by the code" },
    { rule: "HTTP-05", reason: "success of a registration is told by the code" },
    { rule: "HTTP-03", reason: "success of a registration is told by the code" },
    { rule: "HTTP-07", reason: "success of a registration is told by the code" },
  ],
  title: "answers a registration with `error_code` 0",
  story: "The documents say so, and the code that clients know was not read.",
  apply(seams) {
    wrapHttp(seams, "/user/register", async (request, original) => {
      const answer = await original(request);
      return { ...answer, error_code: answer.error_code === 200 ? 0 : answer.error_code };
    });
  },
};
