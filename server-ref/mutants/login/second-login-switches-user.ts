import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** LOGIN-11: makes a connection that is logged in belong to whoever logs in next. */
export const secondLoginSwitchesUser: Mutant = {
  name: "second-login-switches-user",
  breaks: ["LOGIN-11"],
  title: "makes a connection that is logged in belong to whoever logs in next",
  story: "The handler sets the connection's user, whoever that was before.",
  apply(seams) {
    wrapHandle(seams, commands.LOGIN_AUTH_REQ, (request, context, original) =>
      original({ ...request, self: 0n }, context),
    );
  },
};
