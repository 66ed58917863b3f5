import { CIMErrorCode } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRegistration, wrapHttp } from "./wrap/http.ts";
import { wrapStore } from "./wrap/store.ts";

const {
  kCIM_ERR_INTERNAL_ERROR: INTERNAL_ERROR,
  kCIM_ERROR_USER_INVALID_PARAMETER: INVALID_PARAMETER,
  kCIM_ERROR_USER_ALREADY_EXIST: NAME_TAKEN,
  kCIM_ERR_SUCCESS: SUCCESS,
  kCIM_ERROR_USER_NOT_EXIST: UNKNOWN_USER,
} = CIMErrorCode;

/** The name of a registration; undefined when the body is none. */
function nameOf(body: Uint8Array): unknown {
  try {
    return (JSON.parse(Buffer.from(body).toString()) as { userName?: unknown } | null)?.userName;
  } catch {
    return undefined;
  }
}

/** Mutants of section HTTP: HTTP API. */
export const httpMutants: readonly Mutant[] = [
  defineMutant({
    name: "success-is-zero",
    breaks: ["HTTP-01"],
    companions: [
      { rule: "HTTP-02", reason: "success of a registration is told by the code" },
      { rule: "HTTP-04", reason: "success of a registration is told by the code" },
      { rule: "HTTP-06", reason: "success of a registration is told by the code" },
      { rule: "HTTP-08", reason: "success of a registration is told by the code" },
      { rule: "HTTP-09", reason: "success of a registration is told by the code" },
      { rule: "HTTP-10", reason: "success of a registration is told by the code" },
      { rule: "HTTP-12", reason: "success of a registration is told by the code" },
      { rule: "HTTP-05", reason: "success of a registration is told by the code" },
      { rule: "HTTP-03", reason: "success of a registration is told by the code" },
      { rule: "HTTP-07", reason: "success of a registration is told by the code" },
    ],
    title: "answers a registration with `error_code` 0",
    story: "The documents say so, and the code that clients know was not read.",
    apply(seams) {
      wrapHttp(seams, "/user/register", async (request, original) => {
        const answer = await original(request);
        return { ...answer, error_code: answer.error_code === SUCCESS ? 0 : answer.error_code };
      });
    },
  }),
  defineMutant({
    name: "any-content-type-registers",
    breaks: ["HTTP-02"],
    companions: [{ rule: "HTTP-07", reason: "the content type is not among what is checked" }],
    title: "takes a registration whatever its content type",
    story: "The body is parsed as JSON, which tells soon enough.",
    apply(seams) {
      wrapHttp(seams, "/user/register", (request, original) => original({ ...request, mediaType: "application/json" }));
    },
  }),
  defineMutant({
    name: "any-method-registers",
    breaks: ["HTTP-02"],
    companions: [{ rule: "HTTP-07", reason: "the method is not the first thing that is checked" }],
    title: "registers by any method",
    story: "The router was told the path and not the method.",
    apply(seams) {
      wrapHttp(seams, "/user/register", (request, original) => original({ ...request, method: "POST" }));
    },
  }),
  defineMutant({
    name: "bad-json-is-an-internal-error",
    breaks: ["HTTP-03"],
    title: "answers a body that is no JSON with 201",
    story: "The parser throws, and what is thrown is an internal error.",
    apply(seams) {
      wrapHttp(seams, "/user/register", async (request, original) => {
        const answer = await original(request);
        return answer.error_msg === "invalid parameters"
          ? { error_code: INTERNAL_ERROR, error_msg: "server internal error" }
          : answer;
      });
    },
  }),
  defineMutant({
    name: "short-names-accepted",
    breaks: ["HTTP-04"],
    companions: [{ rule: "HTTP-07", reason: "a name that is too short is not what is found first" }],
    title: "registers user names of four bytes",
    story: "The check says `< 4` where it should say `< 5`.",
    apply(seams) {
      const short = new Map<string, string>();
      changeRegistration(seams, ({ userName, ...others }) => {
        if (typeof userName !== "string" || userName.trim().length !== 4) return { userName, ...others };
        short.set(userName.trim(), `${userName.trim()}-padded`);
        return { userName: short.get(userName.trim()), ...others };
      });
    },
  }),
  defineMutant({
    name: "short-passwords-accepted",
    breaks: ["HTTP-05"],
    companions: [{ rule: "HTTP-07", reason: "a password that is too short is not found" }],
    title: "registers with passwords of any length",
    story: "The password is hashed anyway, so its length was no concern.",
    apply(seams) {
      changeRegistration(seams, ({ userPwd, ...others }) => ({
        ...others,
        userPwd: typeof userPwd === "string" ? userPwd.padEnd(32, "0").slice(0, 32) : userPwd,
      }));
    },
  }),
  defineMutant({
    name: "blank-nicknames-accepted",
    breaks: ["HTTP-06"],
    companions: [{ rule: "HTTP-07", reason: "a blank nickname is not found" }],
    title: "registers users with a blank nickname",
    story: "The user name is shown when there is no nickname.",
    apply(seams) {
      changeRegistration(seams, ({ userNickName, userName, ...others }) => ({
        ...others,
        userName,
        userNickName: typeof userNickName === "string" && userNickName.trim() === "" ? "?" : userNickName,
      }));
    },
  }),
  defineMutant({
    name: "nickname-checked-first",
    breaks: ["HTTP-07"],
    companions: [{ rule: "HTTP-06", reason: "the code of a blank nickname is that of the wrong check" }],
    title: "checks the nickname before name and password",
    story: "The checks stand in the order of the form on the screen.",
    apply(seams) {
      wrapHttp(seams, "/user/register", async (request, original) => {
        const answer = await original(request);
        const nickname = /"userNickName"\s*:\s*"\s*"/.test(Buffer.from(request.body).toString());
        return nickname && answer.error_code === INVALID_PARAMETER && /user/.test(answer.error_msg)
          ? { ...answer, error_msg: "invalid userNickName", error_code: NAME_TAKEN }
          : answer;
      });
    },
  }),
  defineMutant({
    name: "taken-name-registered-again",
    breaks: ["HTTP-08"],
    title: "answers the registration of a name that is taken with success",
    story: 'The insert says "or ignore", and nobody looks whether a row was made.',
    apply(seams) {
      wrapHttp(seams, "/user/register", async (request, original) => {
        const answer = await original(request);
        return answer.error_code === NAME_TAKEN ? { error_code: SUCCESS, error_msg: "success" } : answer;
      });
    },
  }),
  defineMutant({
    name: "name-looked-up-before-the-hash",
    breaks: ["HTTP-08"],
    title: "lets several register one name who ask before the first of them is done",
    story: "The name is looked up first, to spare the hash, and nothing keeps it until the row is written.",
    apply(seams) {
      const taken = new Set<unknown>();
      wrapHttp(seams, "/user/register", async (request, original) => {
        const name = nameOf(request.body);
        const wasFree = !taken.has(name);
        const answer = await original(request);
        if (answer.error_code === SUCCESS) taken.add(name);
        return answer.error_code === NAME_TAKEN && wasFree ? { error_code: SUCCESS, error_msg: "success" } : answer;
      });
    },
  }),
  defineMutant({
    name: "blanks-kept",
    breaks: ["HTTP-09"],
    companions: [{ rule: "HTTP-04", reason: "blanks are counted as part of the name" }],
    title: "stores the blanks around nicknames",
    story: "Only the name was trimmed.",
    apply(seams) {
      const BLANK = "\u2800";
      changeRegistration(seams, ({ userNickName, ...others }) => ({
        ...others,
        userNickName:
          typeof userNickName === "string" && userNickName.trim() !== ""
            ? userNickName.replace(/^\s+|\s+$/g, BLANK)
            : userNickName,
      }));
      wrapStore(seams, (store) => ({
        createUser: (user) => store.createUser({ ...user, nick_name: user.nick_name.replaceAll(BLANK, " ") }),
      }));
    },
  }),
  defineMutant({
    name: "names-html-escaped",
    breaks: ["HTTP-10"],
    title: "stores nicknames escaped for HTML",
    story: "Escaping on the way in was to keep scripts out of the administration page.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createUser: (user) =>
          store.createUser({ ...user, nick_name: user.nick_name.replaceAll("'", "&#39;").replaceAll('"', "&quot;") }),
      }));
    },
  }),
  defineMutant({
    name: "registration-without-robots",
    breaks: ["HTTP-12"],
    companions: [
      { rule: "ROBOT-01", reason: "new users meet no robot" },
      { rule: "ROBOT-02", reason: "new users meet no robot" },
      { rule: "SESS-11", reason: "there are no sessions with robots" },
      { rule: "UNREAD-08", reason: "there are no welcome messages" },
    ],
    title: "makes no robot sessions at registration",
    story: "The robots' sessions are made at the first login instead, which was put off.",
    apply(seams) {
      wrapStore(seams, (store) => ({ createUser: (user) => store.createUser({ ...user, welcomes: [] }) }));
    },
  }),
  defineMutant({
    name: "nickname-success-200",
    breaks: ["HTTP-14"],
    title: "answers a nickname query with `error_code` 200",
    story: "Success is 200 in all other answers.",
    apply(seams) {
      wrapHttp(seams, "/user/nickname/query", async (request, original) => {
        const answer = await original(request);
        return { ...answer, error_code: answer.error_code === 0 ? SUCCESS : answer.error_code };
      });
    },
  }),
  defineMutant({
    name: "unknown-user-is-minus-one",
    breaks: ["HTTP-15"],
    title: "answers the nickname query of an unknown user with -1",
    story: "All failures of the query share one code.",
    apply(seams) {
      wrapHttp(seams, "/user/nickname/query", async (request, original) => {
        const answer = await original(request);
        return { ...answer, error_code: answer.error_code === UNKNOWN_USER ? -1 : answer.error_code };
      });
    },
  }),
  defineMutant({
    name: "generated-nickname-needs-no-version",
    breaks: ["HTTP-16"],
    title: "makes up a nickname whatever the version asked for",
    story: "There is only one version.",
    apply(seams) {
      wrapHttp(seams, "/user/nickname/generate", (request, original) =>
        original({ ...request, query: new Map([["version", "1"]]) }),
      );
    },
  }),
];
