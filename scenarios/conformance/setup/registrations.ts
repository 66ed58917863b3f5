import { type CIMAuthRsp, commands } from "../../../codegen/index.ts";
import { awakeDeadline } from "../../../harness/awake-timeout.ts";
import { type CaseContext, CouldNotRun, RuleFailure } from "../../../harness/runner/index.ts";

/** The form of the content type that every server must take (HTTP-02). */
export const JSON_TYPE: string = "application/json; charset=utf-8";
/** What registered users log in with. */
export const PASSWORD: string = "0123456789abcdef0123456789abcdef";

/** An answer of the API: its status is 200 whatever the outcome. */
export interface HttpAnswer {
  readonly error_code: unknown;
  readonly nick_name?: unknown;
}

/** Calls the API. An answer that is no JSON, or another HTTP status than 200, breaks the rule at hand. */
export async function callHttp(t: CaseContext, path: string, init: RequestInit = {}): Promise<HttpAnswer> {
  const base = t.around.http;
  if (base === undefined) throw new CouldNotRun("no HTTP API was named (--http)");
  const { signal, clear } = awakeDeadline(3 * t.patienceMs, t.signal);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${base}${path}`, { ...init, signal });
    text = await response.text();
  } catch (error) {
    throw new RuleFailure(`an answer from ${path}`, (error as Error).message);
  } finally {
    clear();
  }
  t.trace.event("http", "note", `${init.method ?? "GET"} ${path} -> ${response.status} ${text.slice(0, 300)}`);
  t.equal(response.status, 200, `the HTTP status of ${path}`);
  try {
    return JSON.parse(text) as HttpAnswer;
  } catch {
    throw new RuleFailure("an answer in JSON", text.slice(0, 200));
  }
}

/** What a registration asks for; a case may put in what is no text. */
export interface Registration {
  readonly userName: unknown;
  readonly userNickName: unknown;
  readonly userPwd: unknown;
}

/** A registration that is right but for `fields`. */
export function registration(t: CaseContext, fields: Partial<Registration> = {}): Registration {
  return { userName: freshName(t), userNickName: "Nick", userPwd: PASSWORD, ...fields };
}

/** A name that nobody has: cases of one seed may run twice against the same server, so chance decides. */
export function freshName(t: CaseContext, prefix: string = "c"): string {
  return `${prefix}${t.random.uuid().slice(0, 8)}${Math.random().toString(36).slice(2, 10)}`;
}

/** Registers. @returns the `error_code` of the answer */
export async function register(t: CaseContext, body: unknown, contentType: string = JSON_TYPE): Promise<unknown> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await callHttp(t, "/user/register", {
    method: "POST",
    headers: { "content-type": contentType },
    body: text,
  });
  return answer.error_code;
}

/** Logs in on a connection of its own. */
export async function logIn(t: CaseContext, user_name: string, user_pwd: string = PASSWORD): Promise<CIMAuthRsp> {
  const peer = await t.connect(`login of ${user_name.slice(0, 40)}`);
  return await t.given("a login", () => peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }));
}
