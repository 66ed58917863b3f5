import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-02: takes a registration whatever its content type. */
export const anyContentTypeRegisters: Mutant = {
  name: "any-content-type-registers",
  breaks: ["HTTP-02"],
  companions: [{ rule: "HTTP-07", reason: "the content type is not among what is checked" }],
  title: "takes a registration whatever its content type",
  story: "The body is parsed as JSON, which tells soon enough.",
  apply(seams) {
    wrapHttp(seams, "/user/register", (request, original) => original({ ...request, mediaType: "application/json" }));
  },
};
