import type { Rule } from "./rule.ts";

/** Section LOGOUT of the rules: logout. */
export const logoutRules: readonly Rule[] = [
  {
    id: "LOGOUT-01",
    level: "must",
    status: "imp",
    capability: "logout",
    text: "`CIMLogoutReq` (0x0103) MUST be answered with 0x0104 and `result_code` 200; afterwards the user is offline on this connection and receives no more pushes there. The server SHOULD close the connection after the answer.",
  },
  {
    id: "LOGOUT-02",
    level: "must",
    status: "I",
    text: "Closing the TCP connection is the other way to log out (the only one the iOS client uses) and MUST have the same effect.",
  },
  {
    id: "LOGOUT-03",
    level: "must",
    status: "imp",
    capability: "logout",
    text: "Logout on one connection MUST NOT affect the user's other connections.",
  },
];
