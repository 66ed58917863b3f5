import { type CIMAuthRsp, type CIMAuthTokenRsp, CIMClientType, CIMErrorCode, commands } from "../../codegen/index.ts";
import type { Account, CaseContext, ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { TIMER_GRACE_MS } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import { ACCEPTED, message, pushesOf, pushFence, pushOf, SINGLE, SUCCESS, sendMessage } from "./setup/index.ts";

/** How far the target's clock may differ from ours, in seconds: clocks are not a rule, units are. */
const CLOCK_TOLERANCE_S = 3_600;
/** From how far apart on one of the two clocks is wrong, in seconds: which one nobody here can say, so it is told and not judged. */
const CLOCK_DOUBT_S = 60;
/** Longest time for an answer to a login, in milliseconds (LOGIN-16). */
const LOGIN_LIMIT_MS = 3_000;
/** By how much timers of this process may be late, in milliseconds. */
const LATE_BY_MS = 250;
const { kCIM_ERR_LOGIN_INVALID_USER_TOKEN: WRONG_TOKEN, kCIM_ERR_LOGIN_INVALID_USER_OR_PWD: WRONG_USER_OR_PASSWORD } =
  CIMErrorCode;

async function tryPassword(peer: Peer, user_name: string, user_pwd: string): Promise<CIMAuthRsp> {
  return await peer.ask(commands.LOGIN_AUTH_REQ, {
    user_name,
    user_pwd,
    client_type: CIMClientType.kCIM_CLIENT_TYPE_ANDROID,
    client_version: "cupping",
  });
}

async function tryToken(peer: Peer, user_id: bigint, user_token: string, nick_name = ""): Promise<CIMAuthTokenRsp> {
  return await peer.ask(commands.LOGIN_AUTH_TOKEN_REQ, { user_id, user_token, nick_name, client_version: "cupping" });
}

/** Another password of the right form. */
function wrongPassword(account: Account): string {
  return [...account.user_pwd].reverse().join("") === account.user_pwd
    ? "0".repeat(32)
    : [...account.user_pwd].reverse().join("");
}

function nobody(t: CaseContext): string {
  return `nobody-${t.random.uuid().slice(0, 12)}`;
}

function ensureSeconds(t: CaseContext, time: number, what: string): void {
  const now = Date.now() / 1_000;
  const off = Math.abs(time - now);
  t.ensure(
    off <= CLOCK_TOLERANCE_S,
    `${what} is the server's clock in Unix seconds`,
    `${time}, when it is ${Math.round(now)}`,
  );
  if (off <= CLOCK_DOUBT_S) return;
  const way = time > now ? "ahead of" : "behind";
  t.warning ??= `${what} is ${Math.round(off)} s ${way} this machine's clock: legal, but one of the two is wrong, and clients show the times that a server writes`;
}

/** LOGIN: the two ways to log in, their answers, and what a failed login leaves. */
export const loginCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "LOGIN-01/password",
      title: "a registered user logs in by name and password",
      steps: ["send a password login", "an answer 0x0108 comes and says success"],
    },
    async (t) => {
      const account = await t.account();
      const answer = await tryPassword(await t.connect("alice"), account.user_name, account.user_pwd);
      t.ensure(
        answer.user_info !== undefined,
        "an answer with user_info",
        `result_code ${answer.result_code} without it`,
      );
    },
  ),
  defineCase(
    {
      id: "LOGIN-01/any-client-type",
      title: "whoever has the password logs in with whatever kind of client",
      steps: [
        "log in with every client_type of the contract, with 0 and with one that it does not have: 200 each time, and served",
      ],
    },
    async (t) => {
      const { user_name, user_pwd } = await t.account();
      for (const client_type of [...Object.values(CIMClientType), 99 as CIMClientType]) {
        const peer = await t.connect(`alice/${client_type}`);
        const { result_code, user_info } = await peer.ask(commands.LOGIN_AUTH_REQ, {
          user_name,
          user_pwd,
          client_type,
        });
        t.equal(result_code, SUCCESS, `result_code for client type ${client_type}`);
        peer.self = t.present(user_info?.user_id, "an answer with user_info", "success without it");
        t.equal(await peer.fence(), "answered", `what becomes of a request behind the login as ${client_type}`);
      }
    },
  ),
  defineCase(
    {
      id: "LOGIN-01/token",
      needs: ["tokens"],
      title: "a user with a token logs in by id and token",
      steps: ["send a token login", "an answer 0x0102 comes and says success"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const answer = await tryToken(await t.connect("alice"), user.user_id, user.user_token);
      t.ensure(
        answer.user_info !== undefined,
        "an answer with user_info",
        `result_code ${answer.result_code} without it`,
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-02/password-success",
      title: "a password login answers 200 and the user's id",
      steps: ["log in twice as alice and once as bob", "200 each time; alice's two ids are equal, bob's is another"],
    },
    async (t) => {
      const [alice, bob] = [await t.account(), await t.account()];
      const ids: bigint[] = [];
      for (const [index, account] of [alice, alice, bob].entries()) {
        const answer = await tryPassword(await t.connect(`login-${index + 1}`), account.user_name, account.user_pwd);
        t.equal(answer.result_code, SUCCESS, "result_code");
        ids.push(answer.user_info?.user_id ?? 0n);
      }
      const [first, second, other] = ids as [bigint, bigint, bigint];
      t.ensure(first !== 0n, "user_info.user_id is the user's id", "it is 0");
      t.equal(second, alice.user_id ?? first, "alice's user_id at the second login");
      t.ensure(other !== first, "bob's user_id differs from alice's", "they are equal");
    },
  ),
  defineCase(
    {
      id: "LOGIN-02/token-success",
      needs: ["tokens"],
      title: "a token login answers 200 and the user's id",
      steps: ["log in by token", "result_code is 200, user_info.user_id the id that was sent"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const answer = await tryToken(await t.connect("alice"), user.user_id, user.user_token);
      t.equal(answer.result_code, SUCCESS, "result_code");
      t.equal(answer.user_info?.user_id, user.user_id, "user_info.user_id");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-03/time-on-success",
      title: "the answer to a good login carries the server's time in seconds",
      steps: ["log in", "server_time is the present time in Unix seconds"],
    },
    async (t) => {
      const account = await t.account();
      const answer = await tryPassword(await t.connect("alice"), account.user_name, account.user_pwd);
      ensureSeconds(t, answer.server_time, "server_time");
    },
  ),
  defineCase(
    {
      id: "LOGIN-03/time-on-failure",
      title: "the answer to a bad login carries the server's time, too",
      steps: ["log in with a wrong password, twice with a little time between", "server_time follows the clock"],
      waits: () => 2_500,
    },
    async (t) => {
      const account = await t.account();
      const first = await tryPassword(await t.connect("alice"), account.user_name, wrongPassword(account));
      t.requires(first.result_code !== SUCCESS, "a wrong password was let in");
      ensureSeconds(t, first.server_time, "server_time");
      await t.elapse(2_100);
      // On a connection of its own: a target's login timer may be shorter than this.
      const second = await tryPassword(await t.connect("alice/later"), account.user_name, wrongPassword(account));
      const passed = second.server_time - first.server_time;
      t.ensure(passed >= 1 && passed <= 10, "server_time goes on by 2 to 3 seconds", `it went on by ${passed}`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-04/wrong-password",
      title: "a wrong password is answered with 2003",
      steps: ["log in with the right name and another password", "result_code is 2003", "the right password works"],
    },
    async (t) => {
      const account = await t.account();
      const answer = await tryPassword(await t.connect("alice"), account.user_name, wrongPassword(account));
      t.equal(answer.result_code, WRONG_USER_OR_PASSWORD, "result_code for a wrong password");
      await t.login(account, "alice/again");
    },
  ),
  defineCase(
    {
      id: "LOGIN-04/unknown-name",
      title: "an unknown user name is answered with 2003",
      steps: ["log in with a name that nobody has", "result_code is 2003"],
    },
    async (t) => {
      const answer = await tryPassword(await t.connect("nobody"), nobody(t), "0".repeat(32));
      t.equal(answer.result_code, WRONG_USER_OR_PASSWORD, "result_code for an unknown name");
    },
  ),
  defineCase(
    {
      id: "LOGIN-04/not-distinguishable",
      title: "the answers to a wrong password and to an unknown name are the same",
      steps: ["log in with a wrong password, then with an unknown name", "the answers differ in the time alone"],
    },
    async (t) => {
      const account = await t.account();
      const peer = await t.connect("alice");
      const wrong = await tryPassword(peer, account.user_name, wrongPassword(account));
      const unknown = await tryPassword(peer, nobody(t), wrongPassword(account));
      t.equal(wrong.result_code, WRONG_USER_OR_PASSWORD, "result_code for a wrong password");
      t.equal({ ...unknown, server_time: 0 }, { ...wrong, server_time: 0 }, "the answer to an unknown name");
    },
  ),
  defineCase(
    {
      id: "LOGIN-05/wrong-token",
      needs: ["tokens"],
      title: "an existing user with a wrong token gets 2002",
      steps: ["log in by token with one character of it changed", "result_code is 2002"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const wrong = `${user.user_token.slice(0, -1)}${user.user_token.endsWith("x") ? "y" : "x"}`;
      const { result_code } = await tryToken(await t.connect("alice"), user.user_id, wrong);
      t.oneOf(
        [
          { outcome: "2002", verdict: "pass", seen: result_code === WRONG_TOKEN },
          {
            outcome: "2003",
            verdict: "pass",
            remark: "upstream's store makes its handler answer this; 2002 is recommended",
            seen: result_code === WRONG_USER_OR_PASSWORD,
          },
        ],
        `result_code ${result_code}`,
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-05/unknown-id",
      title: "a token login with an unknown user id gets 2002 or 2003",
      steps: ["log in by token as a user that does not exist", "result_code is 2002 or 2003"],
    },
    async (t) => {
      const { result_code } = await tryToken(await t.connect("nobody"), 4_000_000_000_123n, t.random.uuid());
      t.oneOf(
        [
          { outcome: "2002", verdict: "pass", seen: result_code === WRONG_TOKEN },
          { outcome: "2003", verdict: "pass", seen: result_code === WRONG_USER_OR_PASSWORD },
        ],
        `result_code ${result_code}`,
      );
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-06/account-without-token",
      needs: ["registration"],
      title: "nobody logs in by token to an account that has none",
      steps: ["register", "log in by token with an empty token and with made-up ones", "no attempt succeeds"],
    },
    async (t) => {
      const user = await t.user();
      for (const token of ["", " ", "0", "null", user.user_name, user.user_pwd, t.random.uuid()]) {
        // A connection for each: what becomes of one after a failed login is for LOGIN-09 to answer for.
        const { result_code } = await tryToken(await t.connect("alice"), user.user_id, token);
        t.ensure(result_code !== SUCCESS, `the token ${JSON.stringify(token)} is refused`, "result_code 200");
      }
    },
  ),
  defineCase(
    {
      id: "LOGIN-06/empty-token",
      needs: ["tokens"],
      title: "an empty token is refused for an account that has a token",
      steps: ["log in by token with an empty user_token", "result_code is not 200", "the right token works"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const peer = await t.connect("alice");
      const { result_code } = await tryToken(peer, user.user_id, "");
      t.ensure(result_code !== SUCCESS, "an empty token is refused", "result_code 200");
      const good = await t.given("the right token", () => tryToken(peer, user.user_id, user.user_token));
      t.requires(good.result_code === SUCCESS, "the right token was refused as well");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-09/try-again",
      title: "after failed logins the connection stays open and a good one succeeds",
      steps: ["log in three times with a wrong password", "log in with the right one on the same connection"],
    },
    async (t) => {
      const account = await t.account();
      const peer = await t.connect("alice");
      for (let attempt = 1; attempt <= 3; attempt++) {
        const bad = await tryPassword(peer, account.user_name, wrongPassword(account));
        t.requires(bad.result_code !== SUCCESS, "a wrong password was let in");
      }
      const { result_code } = await tryPassword(peer, account.user_name, account.user_pwd);
      t.equal(result_code, SUCCESS, "result_code of the good login after three bad ones");
    },
  ),
  ...idleCases(),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-11/second-login-changes-nothing",
      title: "a second login on a connection does not change whose it is",
      steps: ["log in as alice", "log in as bob on the same connection", "it still acts and receives as alice"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const carol = await t.freshLogin("carol");
      const { user_name, user_pwd } = bob;
      const sent = alice.peer.send(commands.LOGIN_AUTH_REQ, { user_name, user_pwd });
      await t.refused(alice.peer, sent, (answer) => answer.result_code === SUCCESS);
      const text = message(t, alice.peer, carol.user.user_id, "still alice");
      const ack = await alice.peer.ask(commands.MSG_DATA, text);
      t.equal(ack.res_code, ACCEPTED, "res_code of a message that alice sends afterwards");
      const toBob = await sendMessage(t, carol.peer, bob.user_id, "for bob alone");
      const toAlice = await sendMessage(t, carol.peer, alice.user.user_id, "for alice");
      await pushOf(alice.peer, toAlice.client_msg_id);
      t.equal(
        pushesOf(alice.peer, toBob.client_msg_id).length,
        0,
        "the number of bob's messages on alice's connection",
      );
    },
  ),
  defineCase(
    {
      id: "LOGIN-12/several-connections",
      title: "a user may have several connections, of the same client type, too",
      steps: ["log in three times as bob with the same client_type", "a message to bob reaches all three"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const devices = [await t.login(bob, "bob/1"), await t.login(bob, "bob/2"), await t.login(bob, "bob/3")];
      for (const device of devices) {
        t.ensure((await device.fence()) === "answered", "older connections stay open", `${device.name} was closed`);
      }
      const ack = await sendMessage(t, alice.peer, bob.user_id, "to all devices");
      for (const device of devices) await pushOf(device, ack.client_msg_id);
      for (const device of devices) await pushFence(t, alice.peer, device, { id: bob.user_id, type: SINGLE });
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-13/stored-nickname",
      needs: ["registration"],
      upstream: true,
      title: "a password login answers the nickname given at registration",
      steps: ["register with a nickname", "log in", "user_info.nick_name is that nickname"],
    },
    async (t) => {
      const account = await t.account();
      const answer = await tryPassword(await t.connect("alice"), account.user_name, account.user_pwd);
      t.equal(answer.user_info?.nick_name, account.nick_name, "user_info.nick_name");
    },
  ),
  defineCase(
    {
      id: "LOGIN-13/token-nickname",
      needs: ["tokens"],
      title: "a token login answers the stored nickname, not the one that the client sends",
      steps: ["log in by password and note the nickname", "log in by token with another nickname", "compare"],
    },
    async (t) => {
      const user = await t.userWithToken();
      const stored = await t.given("a password login", async () =>
        tryPassword(await t.connect("alice"), user.user_name, user.user_pwd),
      );
      const nick = stored.user_info?.nick_name ?? "";
      t.requires(nick !== "", "the account has no stored nickname");
      const answer = await tryToken(await t.connect("alice/token"), user.user_id, user.user_token, "another name");
      t.equal(answer.user_info?.nick_name, nick, "user_info.nick_name after a token login");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-14/other-fields-empty",
      title: "the other fields of user_info are empty",
      steps: ["log in", "phone, avatar_url and nick_name_spell are empty"],
    },
    async (t) => {
      const account = await t.account();
      const answer = await tryPassword(await t.connect("alice"), account.user_name, account.user_pwd);
      t.requires(answer.user_info !== undefined, "the login brought no user_info");
      const { nick_name_spell, phone, avatar_url } = answer.user_info ?? {};
      t.equal({ nick_name_spell, phone, avatar_url }, { nick_name_spell: "", phone: "", avatar_url: "" }, "user_info");
    },
  ),
  defineCase(
    {
      id: "LOGIN-15/password-text-as-sent",
      needs: ["registration"],
      title: "the password text is compared as it was sent at registration, letter case included",
      steps: ["register with a lower-case MD5 text", "log in with the same in upper case", "2003; lower case works"],
    },
    async (t) => {
      const account = await t.account();
      const peer = await t.connect("alice");
      t.requires(/[a-f]/.test(account.user_pwd), "the password text has no letter");
      const upper = await tryPassword(peer, account.user_name, account.user_pwd.toUpperCase());
      t.equal(upper.result_code, WRONG_USER_OR_PASSWORD, "result_code for the upper-case text");
      const same = await tryPassword(peer, account.user_name, account.user_pwd);
      t.equal(same.result_code, SUCCESS, "result_code for the text as registered");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-15/whole-text",
      title: "the whole password text is compared, to its last character",
      steps: [
        "log in with texts that begin or end as the registered one does, shorter and longer ones too",
        "none of them works; the registered one does",
      ],
    },
    async (t) => {
      const account = await t.account();
      const { user_name, user_pwd: text } = account;
      const other = (index: number): string =>
        `${text.slice(0, index)}${text[index] === "0" ? "1" : "0"}${text.slice(index + 1)}`;
      // Few, because a server may lock an account out.
      const wrong = [other(text.length - 1), other(text.length >> 1), text.slice(0, 8), text.slice(8), `${text}0`];
      for (const [index, user_pwd] of wrong.entries()) {
        const { result_code } = await tryPassword(await t.connect(`attempt-${index + 1}`), user_name, user_pwd);
        t.ensure(result_code !== SUCCESS, "a login with another text fails", `${JSON.stringify(user_pwd)} logs in`);
      }
      const good = await t.given("the right text", async () =>
        tryPassword(await t.connect("alice"), user_name, account.user_pwd),
      );
      t.requires(good.result_code === SUCCESS, "the registered text does not work behind the wrong ones");
    },
  ),
  defineCase(
    {
      id: "LOGIN-15/zero-byte-behind-it",
      level: "should",
      title: "a zero byte behind the password text makes it another",
      steps: ["log in with the registered text and a zero byte behind it", "it fails; the registered text works"],
    },
    async (t) => {
      const { user_name, user_pwd } = await t.account();
      const peer = await t.connect("alice");
      const padded = await tryPassword(peer, user_name, `${user_pwd}\u0000`);
      t.ensure(padded.result_code !== SUCCESS, "the padded text fails", "it logs in, as where HMAC pads its key");
      const same = await t.given("the right text", () => tryPassword(peer, user_name, user_pwd));
      t.requires(same.result_code === SUCCESS, "the registered text does not work behind the padded one");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGIN-16/within-three-seconds",
      title: "a login is answered within 3 s",
      steps: ["log in well and badly", "each answer comes within 3 s"],
    },
    async (t) => {
      const account = await t.account();
      const peer = await t.connect("alice");
      for (const user_pwd of [wrongPassword(account), account.user_pwd]) {
        const begun = performance.now();
        await tryPassword(peer, account.user_name, user_pwd);
        const took = performance.now() - begun;
        t.ensure(took <= LOGIN_LIMIT_MS, `an answer within ${LOGIN_LIMIT_MS} ms`, `it took ${Math.round(took)} ms`);
      }
    },
  ),
];

/** LOGIN-10: connections that do not log in are closed in time, and not before. */
function idleCases(): ConformanceCase[] {
  const waits = ({ login }: { login: number }): number => login + TIMER_GRACE_MS;
  const closedInTime = async (t: CaseContext, peer: Peer): Promise<void> => {
    const limit = t.around.timers.login;
    const latest = limit + TIMER_GRACE_MS * t.around.timeoutScale;
    const closing = await peer.closed(Math.max(0, peer.openedAt + latest - performance.now()));
    const { at } = t.present(closing, `${peer.name} is closed within ${latest} ms`, "it is still open");
    const age = Math.round(at - peer.openedAt);
    t.ensure(
      age >= limit,
      `${peer.name} is closed no earlier than ${limit} ms after connecting`,
      `closed after ${age} ms`,
    );
    // Where this process stood still, what came too late is seen together with the end of the wait.
    t.ensure(age <= latest + LATE_BY_MS, `${peer.name} is closed within ${latest} ms`, `closed after ${age} ms`);
  };
  return [
    ...alsoOverWebSocket(
      {
        id: "LOGIN-10/idle-closed",
        title: "a connection that never logs in is closed after the login timeout, not before",
        steps: ["connect and send nothing", "it is closed between the timeout and two seconds later"],
        waits,
        inTurn: true,
      },
      async (t) => await closedInTime(t, await t.connect("idle")),
    ),
    ...alsoOverWebSocket(
      {
        id: "LOGIN-10/failed-attempts-do-not-extend",
        title: "failed logins do not extend the login timeout",
        steps: ["connect", "log in badly again and again, until behind the timeout", "it is closed all the same"],
        waits,
        inTurn: true,
      },
      async (t) => {
        const peer = await t.connect("failing");
        const limit = t.around.timers.login;
        const latest = limit + TIMER_GRACE_MS * t.around.timeoutScale;
        for (let at = 0.4 * limit; at < latest; at += 0.35 * limit) {
          await peer.closed(Math.max(0, peer.openedAt + at - performance.now()));
          if (peer.closing !== undefined) break;
          peer.send(commands.LOGIN_AUTH_REQ, { user_name: nobody(t), user_pwd: "0".repeat(32) });
        }
        await closedInTime(t, peer);
        t.requires(peer.seen(commands.LOGIN_AUTH_RSP).length > 0, "no failed login was answered before the timeout");
      },
    ),
    defineCase(
      {
        id: "LOGIN-10/unfinished-header-does-not-extend",
        needs: ["stream"],
        title: "a header that never completes does not extend the login timeout",
        steps: ["connect", "send a byte of a header now and then", "it is closed all the same"],
        waits,
        inTurn: true,
      },
      async (t) => {
        const peer = await t.connect("dripping");
        const limit = t.around.timers.login;
        for (let byte = 0; byte < 7; byte++) {
          peer.sendBytes(Uint8Array.of(0), "a header that never completes");
          await t.elapse(limit / 8);
        }
        await closedInTime(t, peer);
      },
    ),
    defineCase(
      {
        id: "LOGIN-10/many-idle-all-closed",
        capabilities: ["robustness"],
        title: "many idle connections are all closed in time",
        steps: ["open 100 connections and send nothing", "all are closed between the timeout and two seconds later"],
        waits,
        inTurn: true,
      },
      async (t) => {
        const peers = await Promise.all(Array.from({ length: 100 }, (_, index) => t.connect(`idle-${index}`)));
        await Promise.all(peers.map((peer) => closedInTime(t, peer)));
      },
    ),
    defineCase(
      {
        id: "LOGIN-10/logged-in-stays",
        title: "a connection that has logged in is not closed by the login timeout",
        steps: ["log in", "send heartbeats until after the timeout", "it is still open"],
        waits,
      },
      async (t) => {
        const { peer } = await t.freshLogin("alice");
        await t.elapse(peer.openedAt + t.around.timers.login + TIMER_GRACE_MS - performance.now());
        t.ensure((await peer.fence()) === "answered", "the connection is still open", "it was closed");
      },
    ),
  ];
}
