import { CIMErrorCode, commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { close, reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

/** Ends this connection and no other of the user (LOGOUT-01, LOGOUT-03). */
const logout = handler({
  command: commands.LOGIN_AUTH_LOGOUT_REQ,
  claims: (message) => message.user_id,
  handle() {
    mark("LOGOUT-01");
    return [reply(commands.LOGIN_AUTH_LOGOUT_RSP, { result_code: CIMErrorCode.kCIM_ERR_SUCCESS }), close];
  },
});

export const section: Section = { handlers: [logout] };
