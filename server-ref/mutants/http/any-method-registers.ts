import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-02: registers by any method. */
export const anyMethodRegisters: Mutant = {
  name: "any-method-registers",
  breaks: ["HTTP-02"],
  companions: [{ rule: "HTTP-07", reason: "the method is not the first thing that is checked" }],
  title: "registers by any method",
  story: "The router was told the path and not the method.",
  apply(seams) {
    wrapHttp(seams, "/user/register", (request, original) => original({ ...request, method: "POST" }));
  },
};
