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
