import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** MSG-02: stamps messages with milliseconds. */
export const timeInMilliseconds: Mutant = {
  name: "time-in-milliseconds",
  breaks: ["MSG-02"],
  title: "stamps messages with milliseconds",
  story: "The clock of the language counts milliseconds, and the field took what was left of them.",
  apply(seams) {
    wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
      original(request, { ...context, nowSeconds: () => context.now() % 2 ** 31 }),
    );
  },
};
