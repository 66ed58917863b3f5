import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** HIST-06: returns as many messages as were asked for. */
export const limitNotCapped: Mutant = {
  name: "limit-not-capped",
  breaks: ["HIST-06"],
  title: "returns as many messages as were asked for",
  story: "The limit goes to the database as it came.",
  apply(seams) {
    wrapHandle(seams, commands.LIST_MSG_REQ, (request, context, original) => {
      const { limit_count } = request.message;
      const { history } = context.store;
      const store = {
        ...context.store,
        history: ((conversation, page) => history(conversation, { ...page, limit: limit_count })) as typeof history,
      };
      return original(request, { ...context, store });
    });
  },
};
