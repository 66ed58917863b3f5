import { defineSection, type Section } from "./section.ts";

const rules = {
  "LOGIN-01": {
    level: "must",
    status: "D/I",
    text: "Two methods: token (0x0101 → 0x0102, by `user_id` and `user_token`) and password (0x0107 → 0x0108, by `user_name` and `user_pwd`). The server MUST support both. The code marks the token method as deprecated, the password method is called easier for testing. As every enum is open (wire.md §5), `client_type` may have any value, 0 and unknown ones included: it decides nothing.",
    evidence: "pb/CIM.Login.proto, gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-02": {
    level: "must",
    status: "D/I",
    text: "On success `result_code` MUST be 200 (`kCIM_ERR_SUCCESS`), `user_info.user_id` MUST be the user's id. `result_string` is `success` upstream; clients must not depend on the text.",
    evidence: "logic/rpcserver/logic_rpc_server_auth.go",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-03": {
    level: "must",
    status: "D/I",
    text: "`server_time` MUST be the server clock in Unix seconds in every answer, success or not. (Upstream leaves it 0 when the logic server cannot be reached.)",
    evidence: "logic/rpcserver/logic_rpc_server_auth.go",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-04": {
    level: "must",
    status: "D/I",
    text: "Password method: unknown user name or wrong password MUST both give 2003 and MUST NOT be distinguishable, and SHOULD NOT be by the time that the answer takes.",
    evidence: "logic/rpcserver/logic_rpc_server_auth.go, pb/CIM.Def.proto",
    axes: ["transport"],
    without: {
      width: "The password method carries no number.",
    },
  },
  "LOGIN-05": {
    level: "must",
    status: "imp",
    capability: "token-checks",
    text: "Token method: an existing user with a wrong token MUST give 2002. For an unknown user id 2002 or 2003 are both allowed. The proto file and the handler define 2002 for a bad token; the Go server's store function reports a mismatch in a way that makes the handler answer 2003, so a suite run against it must accept 2003 with a remark. Recommended: 2002.",
    evidence: "pb/CIM.Def.proto, logic/rpcserver/logic_rpc_server_auth.go, logic/dao/user.go",
    axes: ["transport", "width"],
  },
  "LOGIN-06": {
    level: "must",
    status: "imp",
    capability: "token-checks",
    text: "A token login MUST NOT succeed for an account that has no token, and never with an empty `user_token`.",
    evidence: "docs/02 §1.3.1 (token is issued at registration)",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-07": {
    level: "must",
    status: "I",
    text: "If the check cannot be made (store down) the answer MUST be 201 (`kCIM_ERR_INTERNAL_ERROR`).",
    evidence: "gate/conn_tcp.go",
    unobservable: "needs a store that fails on demand, which no client can cause",
  },
  "LOGIN-08": {
    level: "may",
    status: "D",
    text: "2000 (validation failed) and 2001 (client version too old) are reserved; the Go server never sends them. A server MAY use 2001 on `client_version`.",
    evidence: "pb/CIM.Def.proto",
    unobservable: "reserves numbers and permits their use; it forbids nothing that a client could see",
  },
  "LOGIN-09": {
    level: "must",
    status: "I",
    text: "After a failed login the connection MUST stay open and the client MAY try again until the login timeout. (The iOS client disconnects by itself.) It stays open however many attempts have failed within that time.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      width: "The password method carries no number.",
    },
  },
  "LOGIN-10": {
    level: "must",
    status: "D/I, last sentence ours",
    text: "A connection that has not logged in successfully MUST be closed once more than 15 s have passed since it connected (upstream checks once a second: 15–17 s). Failed attempts do not extend the limit. Many idle connections MUST all be closed in that window.",
    evidence: "gate/conn_tcp.go `kLoginTimeOut`, gate/conn_tcp_test.go",
    kind: "timers",
    axes: ["transport"],
  },
  "LOGIN-11": {
    level: "must",
    status: "I",
    text: "A second login request on a connection that is already logged in MUST NOT change its identity. The Go server ignores it without an answer; a server MAY answer with an error code instead.",
    evidence: 'gate/conn_tcp.go ("duplication login")',
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-12": {
    level: "must",
    status: "D/I",
    text: "Several connections of the same user, also of the same `client_type`, MUST be allowed at the same time; a new login does not end the old one (kicking is documented as not supported). The number of connections has no limit; 65 are asked for. A server MAY state a limit of its own (at least 6): it MUST then serve so many, and refuse a login beyond.",
    evidence: "gate/user.go, docs/02 §1.3.3",
    kind: "connection",
    axes: ["number", "transport"],
    numbers: {
      none: "A user without a connection is not logged in.",
      thousand: "One user's connections cost a server a socket each: the rule names 65.",
    },
    without: {
      device: "Each of the 65 connections of its variant is asked for an answer.",
    },
  },
  "LOGIN-13": {
    level: "should",
    status: "I / ours",
    capability: "stored-nicknames",
    text: "`user_info.nick_name`: password method = stored nickname. Token method: the Go server returns the nickname the client sent. Recommended: the stored nickname; the client's value only when none is stored.",
    evidence: "logic/rpcserver/logic_rpc_server_auth.go, pb/CIM.Login.proto",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-14": {
    level: "should",
    status: "I",
    text: "`user_info.attach_info` is the stored attachment; the other fields of `CIMUserInfo` are empty.",
    evidence: "logic/rpcserver/logic_rpc_server_auth.go",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-15": {
    level: "must",
    status: "I",
    text: "Passwords: client and HTTP registration both send the 32-character MD5 hex text of the password (iOS: lower case). The server compares the text as sent, so the case must be the same at registration and login. It stores md5hex( md5hex(text) + salt ), the salt being 32 random bytes in hex; only the result matters, a better hash MAY be used.",
    evidence: "logic/dao/user.go, ios IMLoginManager.swift, IMUserManager.swift",
    axes: ["transport"],
    without: {
      width: "The password method carries no number.",
    },
  },
  "LOGIN-16": {
    level: "must",
    status: "I",
    text: "Login MUST succeed or fail within the 3 s the gate allows; clients give up after 3 s (ios, general requests), 10 s (flutter).",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      width: "The only number that a client gives is the id of a token login: LOGIN-05.",
    },
  },
  "LOGIN-17": {
    level: "must",
    status: "ours",
    capability: "identity-checks",
    text: "All later requests carry `user_id` / `from_user_id` / `creator_user_id` in the body. It MUST equal Self. If it does not, the server MUST NOT act in the other user's name: it SHOULD ignore the request (no answer). The Go server trusts the body; documents say nothing.",
    evidence: "all gate/conn_tcp*.go",
    axes: ["transport", "width"],
  },
} as const;

/** The rules of LOGIN. */
export const loginSection: Section<keyof typeof rules> = defineSection(
  { id: "LOGIN", title: "Login", chineseTitle: "登录", kind: "login" },
  rules,
);
