import { setTimeout as delay } from "node:timers/promises";
import { CIMClientType, CIMErrorCode, commands } from "../../codegen/index.ts";
import type { ConnectionView } from "../seams.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { close, login, reply } from "./wrap/effects.ts";
import { changeEffects, changeRequest, messageOf, wrapHandle } from "./wrap/handlers.ts";
import { changeRegistration } from "./wrap/http.ts";
import { changeAnswers, watchConnections } from "./wrap/packets.ts";

const { kCIM_ERR_SUCCESS: SUCCESS } = CIMErrorCode;

/** Mutants of section LOGIN: login. */
export const loginMutants: readonly Mutant[] = [
  defineMutant({
    name: "token-login-missing",
    breaks: ["LOGIN-01"],
    companions: [
      { rule: "LOGIN-02", reason: "the case logs in by token" },
      { rule: "LOGIN-05", reason: "the case logs in by token" },
      { rule: "LOGIN-06", reason: "the case logs in by token" },
      { rule: "LOGIN-13", reason: "the case logs in by token" },
    ],
    title: "knows no login by token",
    story: "The method is called deprecated, so it was never written.",
    apply(seams) {
      seams.handlers.delete(commands.LOGIN_AUTH_TOKEN_REQ.id);
    },
  }),
  defineMutant({
    name: "unknown-clients-refused",
    breaks: ["LOGIN-01"],
    title: "refuses a login whose `client_type` it does not know",
    story:
      "Each kind of client has a place in the table of who is online, and a login without one was taken for a forged one.",
    apply(seams) {
      const known: readonly number[] = Object.values(CIMClientType);
      wrapHandle(seams, commands.LOGIN_AUTH_REQ, async (request, context, original) => {
        if (known.includes(request.message.client_type)) return await original(request, context);
        const refusal = {
          server_time: context.nowSeconds(),
          result_code: CIMErrorCode.kCIM_ERR_LOGIN_DB_VALIDATE_FAILED,
        };
        return [reply(commands.LOGIN_AUTH_RSP, refusal)];
      });
    },
  }),
  defineMutant({
    name: "success-code-zero",
    breaks: ["LOGIN-02"],
    companions: [
      { rule: "HTTP-01", reason: "whether a registration worked is told by a login" },
      { rule: "HTTP-08", reason: "whether the first registration stays is told by a login" },
      { rule: "HTTP-10", reason: "whether a registration worked is told by a login" },
      { rule: "LOGIN-01", reason: "success is told by the code" },
      { rule: "LOGIN-09", reason: "success is told by the code" },
      { rule: "LOGIN-15", reason: "success is told by the code" },
      { rule: "HTTP-09", reason: "whether a registration worked is told by a login" },
    ],
    title: "answers a successful login with `result_code` 0",
    story: "Zero means success nearly everywhere else.",
    apply(seams) {
      changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code }) => ({
        result_code: result_code === SUCCESS ? CIMErrorCode.kCIM_ERR_UNKNOWN : result_code,
      }));
    },
  }),
  defineMutant({
    name: "user-id-missing",
    breaks: ["LOGIN-02"],
    companions: [{ rule: "HTTP-14", reason: "the user whose nickname is asked for is known from the login" }],
    title: "leaves `user_info.user_id` of the login answer empty",
    story: "The client knows who it is, so the answer seemed to need only the nickname.",
    apply(seams) {
      changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ user_info }) => ({
        user_info: user_info && { ...user_info, user_id: 0n },
      }));
    },
  }),
  defineMutant({
    name: "no-time-when-refused",
    breaks: ["LOGIN-03"],
    title: "leaves `server_time` at 0 when it refuses a login",
    story: "The refusal is built by a shorter function that sets the code and nothing else.",
    apply(seams) {
      changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code, server_time }) => ({
        server_time: result_code === SUCCESS ? server_time : 0,
      }));
    },
  }),
  defineMutant({
    name: "server-time-in-milliseconds",
    breaks: ["LOGIN-03"],
    title: "gives the server's time in milliseconds",
    story: "The clock of the language counts milliseconds, and the field took what was left of them.",
    apply(seams) {
      changeAnswers(seams, commands.LOGIN_AUTH_RSP, () => ({ server_time: seams.now() % 2 ** 32 }));
    },
  }),
  defineMutant({
    name: "unknown-name-told-apart",
    breaks: ["LOGIN-04"],
    title: "answers an unknown user name with another code than a wrong password",
    story: "Support asked for it, because users mistype their names.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, { message }, context) => {
        if (await context.store.userByName(message.user_name)) return effects;
        return effects.map((effect) =>
          effect.kind === "reply"
            ? reply(commands.LOGIN_AUTH_RSP, {
                ...messageOf(effect, commands.LOGIN_AUTH_RSP),
                result_code: CIMErrorCode.kCIM_ERROR_USER_NOT_EXIST,
              })
            : effect,
        );
      });
    },
  }),
  defineMutant({
    name: "wrong-password-told-in-words",
    breaks: ["LOGIN-04"],
    title: "says in `result_string` whether the name or the password was wrong",
    story: "The code is the same for both, but the text is the error's message.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, { message }, context) => {
        const known = await context.store.userByName(message.user_name);
        return effects.map((effect) => {
          if (effect.kind !== "reply") return effect;
          const answer = messageOf(effect, commands.LOGIN_AUTH_RSP);
          if (answer.result_code === SUCCESS) return effect;
          const result_string = known ? "password is wrong" : "no such user";
          return reply(commands.LOGIN_AUTH_RSP, { ...answer, result_string });
        });
      });
    },
  }),
  defineMutant({
    name: "wrong-token-accepted",
    breaks: ["LOGIN-05"],
    companions: [
      { rule: "LOGIN-06", reason: "an account without a token can be entered with any" },
      { rule: "CONN-17", reason: "the text of an attack is a wrong token, too" },
    ],
    title: "lets anybody in by token who names an existing user",
    story: "The token is looked up but its comparison was left for later.",
    apply(seams) {
      wrapHandle(seams, commands.LOGIN_AUTH_TOKEN_REQ, async (request, context, original) => {
        const user = request.self === 0n ? await context.store.userById(request.message.user_id) : undefined;
        if (!user || request.message.user_token === "") return await original(request, context);
        const { user_id, nick_name } = user;
        const answer = {
          server_time: context.nowSeconds(),
          result_code: CIMErrorCode.kCIM_ERR_SUCCESS,
          user_info: { user_id, nick_name },
        };
        return [login(user_id, nick_name), reply(commands.LOGIN_AUTH_TOKEN_RSP, answer)];
      });
    },
  }),
  defineMutant({
    name: "wrong-token-is-an-internal-error",
    breaks: ["LOGIN-05"],
    title: "answers a wrong token with 201",
    story: "The store reports a mismatch as an error, and errors of the store are answered with 201.",
    apply(seams) {
      changeAnswers(seams, commands.LOGIN_AUTH_TOKEN_RSP, ({ result_code }) => ({
        result_code: result_code === SUCCESS ? result_code : CIMErrorCode.kCIM_ERR_INTERNAL_ERROR,
      }));
    },
  }),
  defineMutant({
    name: "empty-token-accepted",
    breaks: ["LOGIN-06"],
    title: "lets a client with an empty token into an account without a token",
    story: "Both texts are empty, so they compare as equal.",
    apply(seams) {
      wrapHandle(seams, commands.LOGIN_AUTH_TOKEN_REQ, async (request, context, original) => {
        const { self, message } = request;
        const user =
          self === 0n && message.user_token === "" ? await context.store.userById(message.user_id) : undefined;
        if (!user || user.token_hash !== undefined) return await original(request, context);
        const { user_id, nick_name } = user;
        const answer = {
          server_time: context.nowSeconds(),
          result_code: CIMErrorCode.kCIM_ERR_SUCCESS,
          user_info: { user_id, nick_name },
        };
        return [login(user_id, nick_name), reply(commands.LOGIN_AUTH_TOKEN_RSP, answer)];
      });
    },
  }),
  defineMutant({
    name: "failed-login-closes",
    breaks: ["LOGIN-09"],
    companions: [
      { rule: "LOGIN-04", reason: "the case goes on after a failed login on the same connection" },
      { rule: "LOGIN-15", reason: "the case goes on after a failed login on the same connection" },
      { rule: "LOGIN-16", reason: "the case goes on after a failed login on the same connection" },
      { rule: "CONN-14", reason: "the case goes on after a failed login on the same connection" },
      { rule: "LOGIN-10", reason: "the case goes on after a failed login on the same connection" },
    ],
    title: "closes the connection after a failed login",
    story: "Whoever fails to log in has nothing to do on the connection any more.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
        const entered = effects.some(({ kind }) => kind === "login");
        return entered || effects.length === 0 ? effects : [...effects, close];
      });
    },
  }),
  defineMutant({
    name: "idle-queue-for-closing",
    breaks: ["LOGIN-10"],
    title: "closes idle connections later the more of them there are",
    story: "The sweep closes ten connections in a round, so as not to hold up the loop.",
    apply(seams) {
      const ROUND_MS = 100;
      const PER_ROUND = 30;

      const limit = seams.timers.loginTimeoutMs;
      let asked = 0;
      Object.defineProperty(seams.timers, "loginTimeoutMs", {
        get: () => {
          asked++;
          setTimeout(() => asked--, ROUND_MS);
          return limit * (1 + Math.floor(asked / PER_ROUND));
        },
      });
    },
  }),
  defineMutant({
    name: "login-timeout-never",
    breaks: ["LOGIN-10"],
    title: "never closes connections that do not log in",
    story: "The timer is armed when a user is known, and these connections never get one.",
    apply(seams) {
      seams.timers.loginTimeoutMs = 2 ** 40;
    },
  }),
  defineMutant({
    name: "login-timeout-too-early",
    breaks: ["LOGIN-10"],
    title: "closes connections without a login after half of the time",
    story: "The timeout is tested by a sweep that starts counting from its last round.",
    apply(seams) {
      seams.timers.loginTimeoutMs /= 2;
    },
  }),
  defineMutant({
    name: "login-timeout-too-late",
    breaks: ["LOGIN-10"],
    title: "closes connections without a login after three times the time",
    story: "A connection must be found idle by several sweeps in a row before it is closed.",
    apply(seams) {
      seams.timers.loginTimeoutMs *= 3;
    },
  }),
  defineMutant({
    name: "second-login-switches-user",
    breaks: ["LOGIN-11"],
    title: "makes a connection that is logged in belong to whoever logs in next",
    story: "The handler sets the connection's user, whoever that was before.",
    apply(seams) {
      wrapHandle(seams, commands.LOGIN_AUTH_REQ, (request, context, original) =>
        original({ ...request, self: 0n }, context),
      );
    },
  }),
  defineMutant({
    name: "new-login-kicks-old",
    breaks: ["LOGIN-12"],
    companions: [
      { rule: "PUSH-01", reason: "the case needs several connections of one user" },
      { rule: "PUSH-03", reason: "the case needs several connections of one user" },
      { rule: "PUSH-04", reason: "the case needs several connections of one user" },
      { rule: "READ-04", reason: "the case needs several connections of one user" },
      { rule: "READ-08", reason: "the case needs several connections of one user" },
      { rule: "CONN-20", reason: "the case needs several connections of one user" },
      { rule: "CONN-22", reason: "the server ends the older of two connections of one user" },
      { rule: "LOGOUT-03", reason: "the case needs several connections of one user" },
      { rule: "VOIP-04", reason: "the case needs several connections of one user" },
      { rule: "VOIP-07", reason: "the case needs several connections of one user" },
      { rule: "VOIP-11", reason: "the case needs several connections of one user" },
      { rule: "VOIP-12", reason: "the case needs several connections of one user" },
      { rule: "VOIP-17", reason: "the case needs several connections of one user" },
      { rule: "ROBOT-03", reason: "the case needs several connections of one user" },
      { rule: "MSG-07", reason: "the case needs several connections of one user" },
    ],
    title: "closes a user's earlier connections at a new login",
    story: "The table of users holds one connection per user.",
    apply(seams) {
      const connections = watchConnections(seams);
      changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
        const entry = effects.find(({ kind }) => kind === "login");
        if (entry?.kind !== "login") return effects;
        for (const connection of connections) if (connection.self === entry.user_id) connection.close();
        return effects;
      });
    },
  }),
  defineMutant({
    name: "password-case-ignored",
    breaks: ["LOGIN-15"],
    title: "does not tell apart passwords that differ in the case of their letters",
    story: "MD5 texts come in both cases, so they are made lower case at registration and at login.",
    apply(seams) {
      changeRegistration(seams, ({ userPwd, ...others }) => ({ ...others, userPwd: String(userPwd).toLowerCase() }));
      changeRequest(seams, commands.LOGIN_AUTH_REQ, ({ user_pwd }) => ({ user_pwd: user_pwd.toLowerCase() }));
    },
  }),
  defineMutant({
    name: "login-takes-four-seconds",
    breaks: ["LOGIN-16"],
    companions: [
      { rule: "CONN-05", reason: "the case judges the answer to a login, which is late" },
      { rule: "CONN-14", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-01", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-02", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-03", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-04", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-05", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-06", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-09", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-13", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-14", reason: "the case judges the answer to a login, which is late" },
      { rule: "LOGIN-15", reason: "the case judges the answer to a login, which is late" },
      { rule: "CONN-01", reason: "the case judges the answer to a login, which is late" },
      { rule: "CONN-10", reason: "the case judges the answer to a login, which is late" },
    ],
    title: "answers logins after four seconds",
    story: "The password hash was made so dear that it takes longer than the gate waits.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects) => {
        await delay(4_000);
        return effects;
      });
    },
  }),
  defineMutant({
    name: "failed-login-restarts-the-clock",
    breaks: ["LOGIN-10"],
    title: "counts the login timeout from the last failed login",
    story: "Any answer pushes the deadline back, as it does for connections that are logged in.",
    apply(seams) {
      const { loginTimeoutMs } = seams.timers;
      seams.timers.loginTimeoutMs = 2 ** 40;
      const clocks = new Map<number, NodeJS.Timeout>();
      const begin = (connection: ConnectionView): void => {
        clearTimeout(clocks.get(connection.id));
        const end = (): void => {
          clocks.delete(connection.id);
          if (connection.self === 0n) connection.close();
        };
        clocks.set(connection.id, setTimeout(end, loginTimeoutMs).unref());
      };
      const { greet } = seams.gate;
      seams.gate.greet = (connection) => {
        begin(connection);
        return greet(connection);
      };
      changeAnswers(seams, commands.LOGIN_AUTH_RSP, ({ result_code }, connection) => {
        if (result_code !== SUCCESS) begin(connection);
        return {};
      });
    },
  }),
  defineMutant({
    name: "eight-characters-of-a-password",
    breaks: ["LOGIN-15"],
    title: "compares the first eight characters of a password text",
    story: "The column of the old user table held eight characters.",
    apply(seams) {
      const CHARACTERS = 8;

      const registered = new Map<unknown, string>();
      changeRegistration(seams, (fields) => {
        registered.set(fields["userName"], String(fields["userPwd"]));
        return fields;
      });
      changeRequest(seams, commands.LOGIN_AUTH_REQ, ({ user_name, user_pwd }) => {
        const text = registered.get(user_name) ?? "";
        const isAlike = text !== "" && user_pwd.slice(0, CHARACTERS) === text.slice(0, CHARACTERS);
        return { user_pwd: isAlike ? text : user_pwd };
      });
    },
  }),
];
