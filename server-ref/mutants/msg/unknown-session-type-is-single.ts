import { CIMSessionType, commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE, kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** MSG-11: takes a message of an unknown session type for a one-to-one message. */
export const unknownSessionTypeIsSingle: Mutant = {
  name: "unknown-session-type-is-single",
  breaks: ["MSG-11"],
  companions: [{ rule: "MSG-13", reason: "an unknown session type is one of those that must be refused" }],
  title: "takes a message of an unknown session type for a one-to-one message",
  story: 'The branch says "group, else one-to-one".',
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ session_type }) => ({
      session_type: session_type === GROUP ? GROUP : SINGLE,
    }));
  },
};
