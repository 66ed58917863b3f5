import { CIMClientType, commands, encodeFrame } from "../../codegen/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  askHistory,
  message,
  pushesOf,
  pushFence,
  pushOf,
  readUnread,
  SINGLE,
  SUCCESS,
  sendMessage,
} from "./setup/index.ts";

/** LOGOUT: leaving by request and by closing. */
export const logoutCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "LOGOUT-01/answered",
      title: "a logout request is answered with 200",
      steps: ["log in", "send a logout request", "the answer 0x0104 says 200"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const answer = await peer.ask(commands.LOGIN_AUTH_LOGOUT_REQ, {
        user_id: peer.self ?? 0n,
        client_type: CIMClientType.kCIM_CLIENT_TYPE_ANDROID,
      });
      t.equal(answer.result_code, SUCCESS, "result_code");
    },
  ),
  defineCase(
    {
      id: "LOGOUT-01/any-client-type",
      title: "a logout is answered whatever client type it names, and when it names none",
      steps: ["log out once with each client type, one that there is not among them", "each answer 0x0104 says 200"],
    },
    async (t) => {
      const user = await t.account();
      for (const client_type of [...Object.values(CIMClientType), 99 as CIMClientType]) {
        const peer = await t.login(user, `alice/${client_type}`);
        const answer = await peer.ask(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: peer.self ?? 0n, client_type });
        t.equal(answer.result_code, SUCCESS, `result_code for client type ${client_type}`);
      }
    },
  ),
  defineCase(
    {
      id: "LOGOUT-01/no-more-pushes",
      title: "after a logout nothing more is pushed on that connection",
      steps: ["bob logs out on his phone and stays on his desktop", "a message reaches the desktop and not the phone"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const phone = await t.login(bob, "bob/phone");
      const desktop = await t.login(bob, "bob/desktop");
      const before = await sendMessage(t, alice.peer, bob.user_id, "before");
      await t.given("delivery before the logout", () => pushOf(phone, before.client_msg_id));
      await t.given("the logout", () => phone.ask(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: bob.user_id }));
      const after = await sendMessage(t, alice.peer, bob.user_id, "after");
      await t.given("delivery to the desktop", () => pushOf(desktop, after.client_msg_id));
      await pushFence(t, alice.peer, desktop, { id: bob.user_id, type: SINGLE });
      t.equal(pushesOf(phone, after.client_msg_id).length, 0, "the number of pushes on the phone after its logout");
    },
  ),
  defineCase(
    {
      id: "CONN-16/answered-before-a-logout",
      capabilities: ["logout"],
      needs: ["stream"],
      title: "what came before a logout in the same piece is answered before it",
      steps: [
        "alice sends bob a message and logs out, in one piece",
        "the acknowledgement comes, then the logout's answer",
      ],
    },
    async (t) => {
      const { peer, user } = await t.freshLogin("alice");
      const bob = await t.user();
      const text = message(t, peer, bob.user_id, "before a logout");
      const sent = peer.expectAnswer(commands.LOGIN_AUTH_LOGOUT_REQ, peer.nextSeq());
      const piece = [
        encodeFrame(commands.MSG_DATA, text as typeof text & object, peer.nextSeq()),
        encodeFrame(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: user.user_id }, sent.seq),
      ];
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat(piece), "a logout behind a message");
      await t.given("the logout", () => peer.answer(sent));
      const answers = [commands.MSG_DATA_ACK, commands.LOGIN_AUTH_LOGOUT_RSP].map(({ id }) => id);
      const came = peer.inbox.since(mark).map(({ frame }) => frame.header.command_id);
      t.equal(
        came.filter((id) => answers.includes(id)),
        answers,
        "the commands of the answers, in order",
      );
    },
  ),
  defineCase(
    {
      id: "LOGOUT-01/nothing-behind",
      needs: ["stream"],
      title: "what comes behind a logout in the same piece is not done",
      steps: [
        "alice sends bob a message, logs out and sends another, all in one piece",
        "the first message arrives; the other does not, and is not stored",
      ],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const { peer } = alice;
      const [before, behind] = [1, 2].map(() => message(t, peer, bob.user.user_id, "around a logout"));
      const sent = peer.expectAnswer(commands.LOGIN_AUTH_LOGOUT_REQ, peer.nextSeq());
      const piece = [
        encodeFrame(commands.MSG_DATA, before as typeof behind & object, peer.nextSeq()),
        encodeFrame(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: alice.user.user_id }, sent.seq),
        encodeFrame(commands.MSG_DATA, behind as typeof behind & object, peer.nextSeq()),
      ];
      peer.sendBytes(Buffer.concat(piece), "a message behind a logout");
      await t.given("the logout", () => peer.answer(sent));
      await t.given("the delivery of the message before it", () => pushOf(bob.peer, before?.client_msg_id));
      const again = await t.login(alice.user, "alice/again");
      await pushFence(t, again, bob.peer, { id: bob.user.user_id, type: SINGLE });
      t.equal(pushesOf(bob.peer, behind?.client_msg_id ?? "").length, 0, "pushes of the message behind the logout");
      const history = await t.given("the history", () => askHistory(again, { session: bob.user.user_id }));
      const isStored = history.msg_list.some((row) => row.client_msg_id === behind?.client_msg_id);
      t.ensure(!isStored, "the message behind the logout not stored", "it is");
    },
  ),
  defineCase(
    {
      id: "LOGOUT-01/closes",
      level: "should",
      title: "the connection is closed after the answer",
      steps: ["log in", "log out", "the target closes the connection"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      await t.given("the logout", () => peer.ask(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: peer.self ?? 0n }));
      t.present(await peer.closed(), "the target closes the connection", "it stays open");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGOUT-02/closing-logs-out",
      title: "closing the connection logs out: messages wait for the next login",
      steps: ["bob closes his connection", "alice writes", "bob logs in again: nothing is pushed, the history has it"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const first = await t.login(bob, "bob/first");
      const before = await sendMessage(t, alice.peer, bob.user_id, "before");
      await t.given("delivery before", () => pushOf(first, before.client_msg_id));
      first.close();
      const after = await sendMessage(t, alice.peer, bob.user_id, "after");
      await sendMessage(t, alice.peer, bob.user_id, "and again");
      const second = await t.login(bob, "bob/second");
      const history = await t.given("the history", () => askHistory(second, { session: alice.user.user_id }));
      const ids = history.msg_list.map((row) => row.client_msg_id);
      t.ensure(ids.includes(after.client_msg_id), "the message is in the history", "it is not");
      t.equal(pushesOf(second, after.client_msg_id).length, 0, "pushes at login of what came before it");
      const unread = await readUnread(t, second, alice.user.user_id);
      t.equal(unread, 3, "bob's unread count: nobody has read the messages");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "LOGOUT-03/others-stay",
      title: "a logout on one connection leaves the user's others alone",
      steps: ["bob logs out on his phone", "his desktop is served and gets messages"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const phone = await t.login(bob, "bob/phone");
      const desktop = await t.login(bob, "bob/desktop");
      const sent = phone.send(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: bob.user_id });
      await t.given("the logout", () => phone.answer(sent));
      const state = await desktop.fence();
      t.ensure(state === "answered", "the desktop is served", "its connection was closed");
      const ack = await sendMessage(t, alice.peer, bob.user_id, "to the desktop");
      await pushOf(desktop, ack.client_msg_id);
    },
  ),
];
