import { request } from "node:http";
import { CIMErrorCode, type CIMMsgInfo, CIMMsgType, commands } from "../../codegen/index.ts";
import { awakeDeadline } from "../../harness/awake-timeout.ts";
import {
  type CaseContext,
  type ConformanceCase,
  type LoggedIn,
  NotApplicable,
  type Peer,
  RuleFailure,
  show,
  TIMER_GRACE_MS,
} from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  ACCEPTED,
  answered,
  askSessions,
  bye,
  createGroup,
  freshName,
  groupsOf,
  historyIn,
  invite,
  JSON_TYPE,
  kick,
  leave,
  logIn,
  messageIn,
  NEXT_SECOND_MS,
  NOTIFICATION,
  openTalk,
  PASSWORD,
  paddedFrame,
  pushOf,
  readHistory,
  readMembers,
  register,
  registration,
  ring,
  ringBetween,
  SUCCESS,
  sayIn,
  sendMessage,
  strangers,
  textOfCharacters,
} from "./setup/index.ts";

const { kCIM_MSG_TYPE_AVCHAT: RECORD } = CIMMsgType;
const { kCIM_ERR_LOGIN_INVALID_USER_OR_PWD: REFUSED } = CIMErrorCode;
/** How many pairs of failed logins are timed, and in how many of them the one must not be so much slower than the other. */
const PAIRS = 15;
const MOST_ALIKE = 13;
const TIMES_SLOWER = 2;
const LEAST_SLOWER_MS = 5;
/** Longer than whoever forgets "after a while" remembers, when the target's timers are short, in milliseconds. */
const A_WHILE_MS = 10_500;
/** Pause between two pieces of a request, in milliseconds. */
const BETWEEN_PIECES_MS = 150;
/** The smallest limit of a packet that a server may have, in bytes (CONN-07), and of members (GROUP-09). */
const LIMIT_FLOOR = 64 * 1024;
const MEMBER_LIMIT = 200;
/** Longest nickname (HTTP-06), in characters. */
const LONGEST_NICKNAME = 32;

/** Fails a login. @returns milliseconds until the answer */
async function timeOfRefusal(t: CaseContext, peer: Peer, user_name: string): Promise<number> {
  const begun = performance.now();
  const { result_code } = await peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd: "f".repeat(PASSWORD.length) });
  t.requires(result_code === REFUSED, `a login that must be refused is answered with ${result_code}`);
  return performance.now() - begun;
}

/** Sends the body of a registration in pieces, as it may come over a network. @returns the `error_code` */
async function registerInPieces(t: CaseContext, pieces: readonly Uint8Array[]): Promise<unknown> {
  const url = new URL("/user/register", t.around.http);
  if (url.protocol !== "http:") throw new NotApplicable("over TLS nobody sees how a body is cut");
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const headers = { "content-type": JSON_TYPE, "content-length": length };
  const { signal, clear } = awakeDeadline(3 * t.patienceMs, t.signal);
  const sent = request(url, { method: "POST", headers, signal });
  sent.setNoDelay(true);
  const answer = new Promise<string>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", async (response) => resolve((await response.setEncoding("utf8").toArray()).join("")));
  });
  // Whoever is still sending when it fails is told by the wait below.
  answer.catch(() => {});
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await t.elapse(BETWEEN_PIECES_MS);
    sent.write(piece);
  }
  sent.end();
  try {
    return (JSON.parse(await answer) as { error_code: unknown }).error_code;
  } catch (error) {
    throw new RuleFailure("an answer in JSON to a body that comes in pieces", (error as Error).message);
  } finally {
    clear();
  }
}

/** What servers of strangers got past the suite with, in any section: each case is about a whole kind of mistake. */
export const strangerCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "CONN-07/before-login",
      title: "a login of 64 KiB is handled: before it the limit of a packet is no lower",
      steps: [
        `send a login padded to ${LIMIT_FLOOR} bytes by an unknown field`,
        "it is answered with 200, as a plain one is",
      ],
    },
    async (t) => {
      const { user_name, user_pwd } = await t.account();
      const plain = await t.connect("alice/plain");
      const { result_code } = await t.given("a plain login", () =>
        plain.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }),
      );
      t.requires(result_code === SUCCESS, `a plain login is answered with ${result_code}`);
      const peer = await t.connect("alice");
      const sent = peer.expectAnswer(commands.LOGIN_AUTH_REQ, peer.nextSeq());
      peer.sendBytes(paddedFrame(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }, sent.seq, LIMIT_FLOOR), undefined);
      t.equal((await peer.answer(sent)).message.result_code, SUCCESS, "result_code of the login");
    },
  ),
  defineCase(
    {
      id: "LOGIN-04/not-distinguishable-by-time",
      level: "should",
      // Thirty hashes in a row would keep other cases waiting, and they would keep it.
      alone: true,
      title: "a wrong password and an unknown name take the same time to refuse",
      steps: [
        `${PAIRS} times: log in with a wrong password, and with a name that nobody has, in turn the one or the other first`,
        "neither takes twice as long as the other nearly every time",
      ],
    },
    async (t) => {
      const account = await t.account();
      const unknown = freshName(t);
      let [slowerWrong, slowerUnknown] = [0, 0];
      for (let pair = 0; pair < PAIRS; pair++) {
        const names = [account.user_name, unknown];
        const times = new Map<string, number>();
        for (const name of pair % 2 === 0 ? names : names.toReversed()) {
          times.set(name, await timeOfRefusal(t, await t.connect(`pair-${pair + 1}`), name));
        }
        const [ofWrong = 0, ofUnknown = 0] = names.map((name) => times.get(name));
        const isSlower = (one: number, other: number): boolean =>
          one > other * TIMES_SLOWER && one - other > LEAST_SLOWER_MS;
        if (isSlower(ofWrong, ofUnknown)) slowerWrong += 1;
        if (isSlower(ofUnknown, ofWrong)) slowerUnknown += 1;
      }
      const most = Math.max(slowerWrong, slowerUnknown);
      const which = slowerWrong > slowerUnknown ? "a wrong password" : "an unknown name";
      const expected = "answers whose time does not tell whether the name exists";
      t.ensure(most <= MOST_ALIKE, expected, `${which} takes more than twice as long in ${most} of ${PAIRS} pairs`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HB-02/pushes-do-not-count",
      title: "a client that sends nothing is closed after the heartbeat timeout, whatever it is sent",
      steps: ["alice logs in and sends nothing; bob writes to her five times within the timeout", "she is closed"],
      waits: ({ heartbeat }) => heartbeat + TIMER_GRACE_MS,
    },
    async (t) => {
      const limit = t.around.timers.heartbeat;
      const bob = await t.freshLogin("bob");
      const alice = await t.user();
      const begun = performance.now();
      const peer = await t.loginWithoutHeartbeat(alice, "alice");
      for (let turn = 1; turn <= 5; turn++) {
        await t.elapse(limit / 6);
        await sendMessage(t, bob.peer, alice.user_id, `message ${turn}`);
      }
      const latest = limit + TIMER_GRACE_MS * t.around.timeoutScale;
      const closing = await peer.closed(latest - (performance.now() - begun));
      t.present(closing, `the connection is closed within ${latest} ms of the login`, "it is still open");
    },
  ),
  ...defineGrid(
    {
      id: "LOGOUT-03/calls-go-on",
      capabilities: ["calls"],
      title: "a logout on one connection does not end a call that goes on over another",
      steps: [
        "caller and called talk; one of them logs out on a second connection",
        "neither is told that the call has ended; one hangs up, and the other is told",
      ],
      axes: { side: ["caller", "called"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const [caller, called] = [await t.freshLogin("caller"), await t.freshLogin("called")];
      const leaving = at.side === "caller" ? caller : called;
      const other = at.side === "caller" ? called : caller;
      const second = await t.login(leaving.user, `${at.side}/second`);
      const call = await answered(t, await ringBetween(t, caller, called));
      const ends = async ({ peer }: LoggedIn): Promise<number> => {
        await t.given("a fence", () => peer.fence());
        return peer.seen(commands.VOIP_BYE_NOTIFY).length;
      };
      const before = [await ends(caller), await ends(called)];
      const request = { user_id: leaving.user.user_id };
      await t.given("the logout", () => second.ask(commands.LOGIN_AUTH_LOGOUT_REQ, request));
      t.equal([await ends(caller), await ends(called)], before, "ends of a call that caller and called were told of");
      await t.given("hanging up", () => leaving.peer.ask(commands.VOIP_BYE_REQ, bye(call, leaving)));
      const fits = (notify: { user_id: bigint }): boolean => notify.user_id === leaving.user.user_id;
      await other.peer.push(commands.VOIP_BYE_NOTIFY, fits, "the end of the call that was hung up");
    },
  ),
  ...defineGrid(
    {
      id: "MSG-07/resend-after-a-while",
      title: "a message is known when it is sent again a long time later",
      steps: ["alice sends a message", "the heartbeat timeout passes, ten seconds at least", "she sends it again"],
      axes: { kind: ["one-to-one", "group"] },
      waits: ({ heartbeat }) => Math.max(A_WHILE_MS, heartbeat),
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const text = messageIn(t, talk, talk.writer, "once");
      const first = await t.given("the first sending", () => talk.writer.peer.ask(commands.MSG_DATA, text));
      await t.elapse(Math.max(A_WHILE_MS, t.around.timers.heartbeat));
      t.requires(talk.writer.peer.closing === undefined, "her connection was ended meanwhile (see CONN-22)");
      const second = await talk.writer.peer.ask(commands.MSG_DATA, text);
      t.equal(second.res_code, ACCEPTED, "res_code of the second acknowledgement");
      t.equal(second.server_msg_id, first.server_msg_id, "server_msg_id of the second acknowledgement");
      const rows = await historyIn(t, talk, talk.writer);
      t.equal(rows.filter((row) => row.client_msg_id === text.client_msg_id).length, 1, "copies in the history");
    },
  ),
  ...defineGrid(
    {
      id: "MSGID-02/of-two-senders",
      title: "messages of two senders that have the same client id are both found",
      steps: ["alice and bob each send a message with the same client_msg_id", "who looks it up gets both, in order"],
      axes: { kind: ["one-to-one", "group"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const talk = await openTalk(t, at.kind);
      const [bob] = talk.readers;
      const client_msg_id = t.random.uuid();
      const ids: bigint[] = [];
      for (const one of [talk.writer, bob]) {
        const text = { ...messageIn(t, talk, one, `of ${one.peer.name}`), client_msg_id };
        const ack = await t.given("sending", () => one.peer.ask(commands.MSG_DATA, text));
        t.requires(ack.res_code === ACCEPTED && !ids.includes(ack.server_msg_id), "both messages are not taken");
        ids.push(ack.server_msg_id);
      }
      const answer = await bob.peer.ask(commands.MSG_GET_BY_MSG_ID_REQ, {
        user_id: bob.user.user_id,
        session_type: talk.type,
        session_id: talk.sessionOf(bob),
        msg_id_list: [client_msg_id],
      });
      const found = answer.msg_list.map((row) => row.server_msg_id);
      t.equal(found, ids, "the server ids of the messages that are found");
    },
  ),
  defineCase(
    {
      id: "HIST-02/what-the-server-writes",
      capabilities: ["groups", "group-notifications"],
      title: "the newest page holds what the server has written since it was read",
      steps: [
        "alice writes to a group, and she and bob read the newest page",
        "carol is invited, then removed: each time the newest of the page is the notification, for both",
      ],
    },
    async (t) => {
      const talk = await openTalk(t, "group");
      const [bob] = talk.readers;
      const dave = await t.user();
      const group = talk.sessionOf(bob);
      const ack = await sayIn(t, talk, talk.writer, "before");
      await t.given("delivery", () => pushOf(bob.peer, ack.client_msg_id));
      let newest = ack.server_msg_id;
      for (const change of [invite, kick]) {
        for (const who of [talk.writer, bob]) await t.given("the newest page", () => historyIn(t, talk, who, 3));
        await change(t, talk.writer.peer, group, [dave.user_id]);
        for (const who of [talk.writer, bob]) {
          const rows = await historyIn(t, talk, who, 3);
          const fresh = rows.filter((row) => row.server_msg_id > newest && row.msg_type === NOTIFICATION);
          t.equal(fresh.length, 1, `notifications in ${who.peer.name}'s newest page that were not there before`);
        }
        const rows = await historyIn(t, talk, bob, 3);
        newest = rows.reduce((id, row) => (row.server_msg_id > id ? row.server_msg_id : id), newest);
      }
    },
  ),
  defineCase(
    {
      id: "HIST-02/records-of-calls",
      capabilities: ["calls"],
      title: "the newest page holds the record of a call that has ended since it was read",
      steps: [
        "caller and called talk, one writes, and both read the newest page",
        "one hangs up: the page of both has the record",
      ],
    },
    async (t) => {
      const call = await answered(t, await ring(t));
      const parties = [call.caller, call.called];
      await sendMessage(t, call.caller.peer, call.called.user.user_id, "during the call");
      const page = async (one: LoggedIn): Promise<CIMMsgInfo[]> => {
        const session = parties.find((other) => other !== one)?.user.user_id ?? 0n;
        return await readHistory(t, one.peer, { session, limit: 3 });
      };
      for (const one of parties) await t.given("the newest page", () => page(one));
      await t.given("hanging up", () => call.caller.peer.ask(commands.VOIP_BYE_REQ, bye(call, call.caller)));
      for (const one of parties) {
        const isRecord = ({ msg_type }: { msg_type: CIMMsgType }): boolean => msg_type === RECORD;
        await t.given("the record of the call (see VOIP-12)", () =>
          one.peer.push(commands.MSG_DATA, isRecord, "the record of the call"),
        );
        t.equal((await page(one)).filter(isRecord).length, 1, `records in ${one.peer.name}'s newest page`);
      }
    },
  ),
  defineCase(
    {
      id: "GROUP-05/long-nicknames",
      needs: ["http", "registration"],
      capabilities: ["documented-limits", "verbatim-names"],
      title: "a group is not refused because the name made of nicknames is long, whatever they are made of",
      steps: [
        `register four users with nicknames of ${LONGEST_NICKNAME} characters of two, three or four bytes`,
        "one of them makes a group with the others without a name: 200, and no letter of the name is cut",
      ],
    },
    async (t) => {
      for (const content of ["two-byte", "three-byte", "four-byte"] as const) {
        // Each cut falls elsewhere.
        for (const shorter of [0, 1, 2]) {
          const ids: bigint[] = [];
          const names = [1, 2, 3, 4].map(() => freshName(t));
          for (const userName of names) {
            const userNickName = textOfCharacters(content, LONGEST_NICKNAME - shorter);
            t.requires((await register(t, registration(t, { userName, userNickName }))) === SUCCESS, "it is refused");
            ids.push((await logIn(t, userName)).user_info?.user_id ?? 0n);
          }
          const owner = { user_name: names[0] ?? "", user_pwd: PASSWORD, nick_name: "" };
          const peer = await t.login(owner, `owner/${content}/${shorter}`);
          const group = { user_id: ids[0] ?? 0n, member_id_list: ids.slice(1) };
          const { result_code, group_info } = await peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, group);
          t.equal(result_code, SUCCESS, `result_code of a group whose nicknames are of ${content} letters`);
          const name = group_info?.group_name ?? "";
          t.ensure(name !== "" && !name.includes("\ufffd"), "a name of whole letters", show(name));
        }
      }
    },
  ),
  defineCase(
    {
      id: "GROUP-09/room-of-former-members",
      title: "who has left or was removed leaves room for another",
      steps: ["a group of 200", "bob leaves: another is invited", "carol is removed: another is invited; 200 again"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const most = t.limit("group-members", MEMBER_LIMIT);
      const others = strangers(t, most);
      const full = [bob.user.user_id, ...others.slice(2)];
      const group = await createGroup(t, alice.peer, full);
      const take = async (id: bigint | undefined, when: string): Promise<void> => {
        const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [id ?? 0n] };
        const { result_code } = await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request);
        t.equal(result_code, SUCCESS, `result_code of an invitation ${when}`);
        t.equal((await readMembers(t, alice.peer, group)).length, most, `members ${when}`);
      };
      t.requires((await readMembers(t, alice.peer, group)).length === most, `the group has not ${most} members`);
      await leave(t, bob.peer, group);
      t.requires(!(await groupsOf(t, bob.peer)).includes(group), "bob has not left");
      await take(others[0], "when one of a full group has left");
      await kick(t, alice.peer, group, [full[1] ?? 0n]);
      await take(others[1], "when one of a full group was removed");
    },
  ),
  defineCase(
    {
      id: "SYS-01/times-of-sessions",
      needs: ["restart"],
      waits: () => 3 * NEXT_SECOND_MS,
      title: "a session keeps the time of its newest message over a restart, and its place in the list",
      steps: [
        "bob, carol and then bob again write to alice, a second apart each",
        "restart the server: updated_time and order of her sessions are as before",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const [bob, carol] = [await t.freshLogin("bob"), await t.freshLogin("carol")];
      for (const { peer } of [bob, carol, bob]) {
        await sendMessage(t, peer, alice.user.user_id, "hello");
        await t.elapse(NEXT_SECOND_MS);
      }
      const partners = [bob.user.user_id, carol.user.user_id];
      const listed = async (peer: Peer): Promise<string[]> =>
        (await t.given("the session list", () => askSessions(peer))).contact_session_list
          .filter(({ session_id }) => partners.includes(session_id))
          .map(({ session_id, updated_time }) => `${session_id} at ${updated_time}`);
      const before = await listed(alice.peer);
      await t.restart();
      const again = await t.login(alice.user, "alice/again");
      t.equal(await listed(again), before, "alice's sessions and their updated_time after the restart");
    },
  ),
  defineCase(
    {
      id: "FRIEND-01/without-any-oneself",
      title: "whoever asks is not in the list, whoever asked before",
      steps: ["alice, bob and carol ask for the list one behind the other, twice", "none of them is in her own or his"],
    },
    async (t) => {
      const all = [await t.freshLogin("alice"), await t.freshLogin("bob"), await t.freshLogin("carol")];
      for (const { user, peer } of [...all, ...all]) {
        const { user_info_list } = await t.given("the user list", () =>
          peer.ask(commands.FRIEND_QUERY_USER_LIST_REQ, { user_id: user.user_id }),
        );
        t.requires(user_info_list.length > 0, "the list is empty, though users have registered");
        const own = user_info_list.filter((one) => one.user_id === user.user_id).length;
        t.equal(own, 0, `entries of ${peer.name} in the list for ${peer.name}`);
      }
    },
  ),
  defineCase(
    {
      id: "HTTP-10/in-pieces",
      needs: ["http"],
      title: "a registration whose body comes in pieces is read as one, wherever it is cut",
      steps: [
        "register with a nickname of letters of three and four bytes, its body cut within one of them",
        "login and nickname are as they were given",
      ],
    },
    async (t) => {
      const userNickName = "名😀";
      for (const cut of [1, 2, 4, 5, 6]) {
        const userName = freshName(t);
        const body = Buffer.from(JSON.stringify(registration(t, { userName, userNickName })));
        const start = body.indexOf(Buffer.from(userNickName));
        t.requires(start >= 0, "the nickname is not in the body");
        const code = await registerInPieces(t, [body.subarray(0, start + cut), body.subarray(start + cut)]);
        t.equal(code, SUCCESS, `error_code of a body that is cut behind byte ${cut} of the nickname`);
        const { result_code, user_info } = await logIn(t, userName);
        t.requires(result_code === SUCCESS, `the login of ${userName} failed: result_code ${result_code}`);
        t.equal(user_info?.nick_name, userNickName, `nick_name of a body that was cut behind byte ${cut} of it`);
      }
    },
  ),
];
