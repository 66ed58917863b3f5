import { defineSection, type Section } from "./section.ts";

const rules = {
  "LOGOUT-01": {
    level: "must",
    status: "imp",
    capability: "logout",
    text: "`CIMLogoutReq` (0x0103) MUST be answered with 0x0104 and `result_code` 200; afterwards the user is offline on this connection and receives no more pushes there. The server SHOULD close the connection after the answer. The `client_type` may have any value, 0 and unknown ones included.",
    evidence: "docs/02 §1.3.2, pb/CIM.Login.proto",
    axes: ["transport"],
    without: {
      device: "What becomes of the user's other connections is LOGOUT-03.",
    },
  },
  "LOGOUT-02": {
    level: "must",
    status: "I",
    text: "Closing the TCP connection is the other way to log out (the only one the iOS client uses) and MUST have the same effect.",
    evidence: "ios IMLoginManager.swift, gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      device: "What becomes of the user's other connections is CONN-20.",
    },
  },
  "LOGOUT-03": {
    level: "must",
    status: "imp",
    capability: "logout",
    text: "Logout on one connection MUST NOT affect the user's other connections, nor a call that goes on over them.",
    evidence: "gate/user.go",
    axes: ["side", "transport"],
    byHand: {
      device: ["others-stay"],
    },
  },
} as const;

/** The rules of LOGOUT. */
export const logoutSection: Section<keyof typeof rules> = defineSection(
  { id: "LOGOUT", title: "Logout", chineseTitle: "登出", kind: "connection" },
  rules,
);
