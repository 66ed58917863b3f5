import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** MSG-10: ignores messages to a group whose id is the sender's user id. */
export const groupWithOwnNumberRefused: Mutant = {
  name: "group-with-own-number-refused",
  breaks: ["MSG-10"],
  title: "ignores messages to a group whose id is the sender's user id",
  story: "The check for messages to oneself compares the numbers and not the kind of session.",
  apply(seams) {
    wrapHandle(seams, commands.MSG_DATA, (request, context, original) =>
      request.message.to_session_id === request.self ? [] : original(request, context),
    );
  },
};
