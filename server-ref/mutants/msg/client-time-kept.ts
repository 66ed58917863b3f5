import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** MSG-02: keeps the `create_time` that the client sent. */
export const clientTimeKept: Mutant = {
  name: "client-time-kept",
  breaks: ["MSG-02"],
  title: "keeps the `create_time` that the client sent",
  story: "The field was there already, so it was stored as it came.",
  apply(seams) {
    wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
      original(request, { ...context, nowSeconds: () => request.message.create_time || context.nowSeconds() }),
    );
  },
};
