import { defineSection, type Section } from "./section.ts";

const rules = {
  "HTTP-01": {
    level: "must",
    status: "D vs I",
    text: '`POST /user/register`, body `{"userName":…,"userNickName":…,"userPwd":…}`. Success: `{"error_code":200,"error_msg":"success"}`. The documents show 0 for success and older field names (`user_id`, `user_nick_name`, `user_token`); the code and the iOS client use the names given here and 200: use these. The new user id is **not** returned; the client learns it by password login.',
    evidence: "httpd/http_server_user.go, ios IMUserManager.swift vs docs/api.md, docs/98-HTTP_Rest_API.md",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-02": {
    level: "must",
    status: "I / ours",
    text: "Method other than POST, or `Content-Type` other than JSON: `error_code` 9001. The Go server demands exactly `application/json; charset=utf-8`; docs/api.md shows it without the blank. A server MUST accept the exact form, SHOULD accept any `application/json`.",
    evidence: "httpd/http_server.go",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-03": {
    level: "must",
    status: "I",
    text: 'Body that is not JSON or has wrong types: 9001, `error_msg` "invalid parameters". What becomes of further keys, and of a body above 64 KiB, is free.',
    evidence: "httpd/http_server_user.go",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-04": {
    level: "must",
    status: "I / ours",
    text: '`userName` of 5 to 32 bytes, else 9001 "invalid userName". Checked before trimming upstream; a server SHOULD trim first. The bytes are those of the name in UTF-8.',
    evidence: "httpd/http_server_user.go",
    byHand: {
      content: ["bytes-not-characters", "trimmed-first"],
      length: ["four-bytes", "thirty-three-bytes", "five-and-thirty-two"],
    },
    without: {
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-05": {
    level: "must",
    status: "I",
    text: '`userPwd` exactly 32 characters (MD5 hex), else 9001 "invalid userPwd".',
    evidence: "httpd/http_server_user.go",
    byHand: {
      length: ["thirty-one", "thirty-three"],
    },
    without: {
      content: "A password text is hexadecimal digits.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-06": {
    level: "must",
    status: "I / ours",
    text: '`userNickName` must not be blank, else 9001 "invalid userNickName". At most 32 characters (SQL); longer: 9001 recommended, upstream 201.',
    evidence: "httpd/http_server_user.go, server/setup/mysql/init/cim.sql",
    byHand: {
      length: ["blank-nickname", "long-nickname"],
    },
    without: {
      content: "What names may be made of is HTTP-10.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-07": {
    level: "must",
    status: "I",
    text: "Checks in the order method, content type, JSON, user name, password, nickname.",
    evidence: "httpd/http_server_user.go",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-08": {
    level: "must",
    status: "I",
    text: 'Name already taken: 9000 "user already exist". Also under concurrency: of several simultaneous registrations of one name exactly one succeeds.',
    evidence: "httpd/http_server_user.go; concurrency [ours]",
    byHand: {
      concurrency: ["one-of-many-at-once"],
    },
    without: {
      content:
        "That names are compared without regard to case is free (HTTP-18), so that only equal ones can be asked for.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
    },
  },
  "HTTP-09": {
    level: "must",
    status: "I",
    text: "Leading and trailing blanks of the three values are removed before storing.",
    evidence: "httpd/http_server_user.go",
    without: {
      content: "What names may be made of is HTTP-10.",
      length: "It is about what stands around a value.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-10": {
    level: "must",
    status: "ours",
    capability: "verbatim-names",
    text: "Names and nicknames may contain quotes, backslashes, non-ASCII letters, emoji; they MUST be stored and returned unchanged.",
    byHand: {
      content: ["any-text", "nickname-of-any-text"],
    },
    without: {
      length: "How long names may be is HTTP-04 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-11": {
    level: "must",
    status: "I",
    text: 'Internal failure: 201 "server internal error".',
    evidence: "httpd/http_server_user.go",
    unobservable: "needs a store that fails on demand, which no client can cause",
  },
  "HTTP-12": {
    level: "must",
    status: "I",
    text: "Registration creates the robot sessions (ROBOT-02).",
    evidence: "logic/rpcserver/logic_rpc_server_user.go",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "A registration carries no number.",
      concurrency: "It is about one registration; registrations that meet are HTTP-08.",
    },
  },
  "HTTP-13": {
    level: "may",
    status: "imp",
    capability: "registration-limit",
    text: "At most 100 registrations per hour by docs/api.md; not enforced by the code. A server MAY enforce it; test servers must be able to switch it off.",
    evidence: "docs/api.md",
    unobservable: "a permission that test servers must be able to switch off",
  },
  "HTTP-14": {
    level: "must",
    status: "D vs I",
    text: '`GET /user/nickname/query?user_id=N` (a form-encoded POST works as well): `{"error_code":0,"error_msg":"success","nick_name":…}`. **Here success is 0**, in code and documents. Documents show a JSON body with GET or POST; the code reads the query or form only.',
    evidence: "httpd/http_server_user.go vs docs/",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "Ids of every width are HTTP-15.",
      concurrency: "A question changes nothing, so that nothing meets.",
    },
  },
  "HTTP-15": {
    level: "must",
    status: "I",
    text: 'Errors of it: missing `user_id` −1 "miss user_id filed" (sic), not a number −1 "invalid user_id", unknown user 9002, internal −1. In the 9002 case `nick_name` is "". What does not fit into 64 bits is no number.',
    evidence: "httpd/http_server_user.go",
    axes: ["width"],
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      concurrency: "A question changes nothing, so that nothing meets.",
    },
  },
  "HTTP-16": {
    level: "must",
    status: "I",
    text: '`GET /user/nickname/generate?version=1`: `{"error_code":200,"error_msg":"success","nick_name":"<family+given name>"}`, non-empty, random. Missing version: −1 "invalid parameters"; other version: −1 "invalid version"; any method is accepted.',
    evidence: "httpd/http_server_user.go",
    without: {
      content: "It is about which request is made; what names may be made of is HTTP-10.",
      length: "It is about which request is made; the lengths of its values are HTTP-04, HTTP-05 and HTTP-06.",
      width: "Its only number is the version, of which there is one.",
      concurrency: "A question changes nothing, so that nothing meets.",
    },
  },
  "HTTP-17": {
    level: "may",
    status: "ours",
    capability: "http-api",
    text: "Error texts are for people; tests should check `error_code` only.",
    unobservable: "addressed to tests: no case looks at an error text",
  },
  "HTTP-18": {
    level: "may",
    status: "I",
    text: "User names compare without regard to letter case upstream (database collation). Tests must not depend on it.",
    evidence: "server/docker-compose.yml (collation)",
    unobservable: "addressed to tests: no case depends on the case of letters in user names",
  },
} as const;

/** The rules of HTTP. */
export const httpSection: Section<keyof typeof rules> = defineSection(
  { id: "HTTP", title: "HTTP API", chineseTitle: "HTTP 接口", kind: "api", capability: "http-api" },
  rules,
);
