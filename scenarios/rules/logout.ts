import { defineSection, type Section } from "./section.ts";

const rules = {
  "LOGOUT-01": {
    level: "must",
    status: "imp",
    capability: "logout",
    text: "`CIMLogoutReq` (0x0103) MUST be answered with 0x0104 and `result_code` 200; afterwards the user is offline on this connection and receives no more pushes there. The server SHOULD close the connection after the answer.",
    evidence: "docs/02 §1.3.2, pb/CIM.Login.proto",
  },
  "LOGOUT-02": {
    level: "must",
    status: "I",
    text: "Closing the TCP connection is the other way to log out (the only one the iOS client uses) and MUST have the same effect.",
    evidence: "ios IMLoginManager.swift, gate/conn_tcp.go",
  },
  "LOGOUT-03": {
    level: "must",
    status: "imp",
    capability: "logout",
    text: "Logout on one connection MUST NOT affect the user's other connections.",
    evidence: "gate/user.go",
  },
} as const;

/** The rules of LOGOUT. */
export const logoutSection: Section<keyof typeof rules> = defineSection({ id: "LOGOUT", title: "Logout" }, rules);
