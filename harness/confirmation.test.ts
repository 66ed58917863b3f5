import { expect, test } from "vitest";
import { CIMResCode, CIMSessionType, commands } from "../codegen/index.ts";
import { confirmationOf } from "./confirmation.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE, kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

test.each([
  ["one-to-one", SINGLE, 12n],
  ["in a group", GROUP, 77n],
])("a message %s is confirmed to its conversation (ACK-01)", (_where, session_type, to_session_id) => {
  const fields = { from_user_id: 12n, to_session_id: 77n, client_msg_id: "one", server_msg_id: 5n, session_type };
  expect(confirmationOf(commands.MSG_DATA.body.create(fields), 13n)).toEqual({
    from_user_id: 13n,
    to_session_id,
    client_msg_id: "one",
    session_type,
    res_code: CIMResCode.kCIM_RES_CODE_OK,
  });
});
