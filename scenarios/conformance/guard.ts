import { commands } from "../../codegen/index.ts";
import type { CaseRule, SuiteGuard } from "../../harness/runner/index.ts";
import { type Capability, ruleById, sentenceOf } from "../rules/index.ts";

/** Commands, by how their names begin, that a target may leave out as a whole. */
const COMMANDS_OF: readonly (readonly [string, Capability])[] = [
  ["GROUP_", "groups"],
  ["VOIP_", "calls"],
  ["FRIEND_QUERY_USER_LIST_", "user-list"],
  ["LOGIN_AUTH_TOKEN_", "token-login"],
  ["LOGIN_AUTH_LOGOUT_", "logout"],
  ["MSG_GET_", "message-lookup"],
];

/** Which rules speak of a target that serves nobody, or that dies. */
export const suiteGuard: SuiteGuard = {
  firstMend: { register: "HTTP-01", "log in": "LOGIN-01", header: "CONN-02" },
  logins: asked("LOGIN-01"),
  packets: asked("CONN-02"),
  unmixed: asked("CONN-19"),
  quiet: asked("PUSH-06"),
  answered: asked("HB-01"),
  answers: {
    [commands.LIST_RECENT_CONTACT_SESSION_REQ.name]: asked("SESS-01"),
    [commands.LIST_MSG_REQ.name]: asked("HIST-04"),
    [commands.LOGIN_HEARTBEAT.name]: asked("HB-01"),
    [commands.LOGIN_AUTH_LOGOUT_REQ.name]: asked("LOGOUT-01"),
    [commands.MSG_DATA.name]: asked("MSG-01"),
    [commands.MSG_GET_LATEST_MSG_ID_REQ.name]: asked("MSGID-01"),
    [commands.MSG_GET_BY_MSG_ID_REQ.name]: asked("MSGID-02"),
    [commands.GROUP_CREATE_DEFAULT_REQ.name]: asked("GROUP-02"),
    [commands.GROUP_DISBINGDING_REQ.name]: asked("GROUP-11"),
    [commands.GROUP_EXIT_REQ.name]: asked("GROUP-14"),
    [commands.GROUP_LIST_REQ.name]: asked("GROUP-18"),
    [commands.GROUP_INFO_REQ.name]: asked("GROUP-19"),
    [commands.GROUP_INVITE_MEMBER_REQ.name]: asked("GROUP-21"),
    [commands.GROUP_KICK_OUT_MEMBER_REQ.name]: asked("GROUP-26"),
    [commands.GROUP_LIST_MEMBER_REQ.name]: asked("GROUP-30"),
    [commands.FRIEND_QUERY_USER_LIST_REQ.name]: asked("FRIEND-01"),
    [commands.VOIP_INVITE_REQ.name]: asked("VOIP-02"),
    [commands.VOIP_BYE_REQ.name]: asked("VOIP-11"),
  },
  lasting: asked("CONN-22"),
  crash: asked("CONN-17"),
  crowd: asked("SYS-02"),
  capabilityOf: (command) => COMMANDS_OF.find(([beginning]) => command.startsWith(beginning))?.[1],
};

function asked(id: string): CaseRule {
  const rule = ruleById(id);
  return { id: rule.id, text: sentenceOf(rule), level: rule.level };
}
