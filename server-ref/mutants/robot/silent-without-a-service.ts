import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** ROBOT-06: does not answer for robots as long as no service is named. */
export const silentWithoutAService: Mutant = {
  name: "silent-without-a-service",
  breaks: ["ROBOT-06"],
  companions: [
    { rule: "ROBOT-03", reason: "robots do not answer" },
    { rule: "ROBOT-04", reason: "robots do not answer" },
    { rule: "ROBOT-07", reason: "robots do not answer" },
    { rule: "CONTENT-06", reason: "robots do not answer" },
    { rule: "UNREAD-08", reason: "robots do not answer" },
  ],
  title: "does not answer for robots as long as no service is named",
  story: "Without an address there is nobody to ask.",
  apply(seams) {
    wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
      original(request, { ...context, background: () => undefined }),
    );
  },
};
