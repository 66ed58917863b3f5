import type { Mutant } from "../mutant.ts";
import { wrapHttp } from "../wrap/http.ts";

/** HTTP-16: makes up a nickname whatever the version asked for. */
export const generatedNicknameNeedsNoVersion: Mutant = {
  name: "generated-nickname-needs-no-version",
  breaks: ["HTTP-16"],
  title: "makes up a nickname whatever the version asked for",
  story: "There is only one version.",
  apply(seams) {
    wrapHttp(seams, "/user/nickname/generate", (request, original) =>
      original({ ...request, query: new Map([["version", "1"]]) }),
    );
  },
};
