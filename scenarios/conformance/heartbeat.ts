import { commands } from "../../codegen/index.ts";
import type { ConformanceCase, TargetTimers } from "../../harness/runner/index.ts";
import { TIMER_GRACE_MS } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import { askSessions, pushOf, SUCCESS, sendMessage } from "./setup/index.ts";

/** Shares of the heartbeat timeout that real clients wait between two heartbeats: 10, 15 and 30 s of 60 s (HB-04). */
const CLIENT_INTERVALS: readonly number[] = [1 / 6, 1 / 4, 1 / 2];

const silence = ({ heartbeat }: TargetTimers): number => heartbeat + TIMER_GRACE_MS;

/** HB: heartbeats and the silence that ends a connection. */
export const heartbeatCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "HB-01/answered",
      title: "a heartbeat is answered with a heartbeat",
      steps: ["log in", "send a heartbeat", "a packet 0x0105 with an empty body comes"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const answer = await peer.answer(peer.send(commands.LOGIN_HEARTBEAT, {}));
      t.equal(answer.frame.body.length, 0, "the length of the answer's body");
    },
  ),
  defineCase(
    {
      id: "HB-01/each-answered",
      title: "each heartbeat is answered",
      steps: ["send ten heartbeats, then a session list request", "ten heartbeats come before the list"],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      for (let beat = 1; beat <= 10; beat++) peer.send(commands.LOGIN_HEARTBEAT, {});
      await t.given("the session list", () => askSessions(peer));
      t.equal(peer.inbox.all(commands.LOGIN_HEARTBEAT).length, 10, "the number of heartbeats answered");
    },
  ),
  ...defineGrid(
    {
      id: "HB-01/every-connection",
      title: "heartbeats of all connections of a user are answered, whichever sends and however soon",
      steps: ["alice logs in five times", "all send a heartbeat at once, twice", "each has its two answers"],
      axes: { transport: ["tcp", "ws", "mixed"] },
    },
    async (t) => {
      const user = await t.account();
      const peers = [];
      for (let index = 1; index <= 5; index++) peers.push(await t.loginWithoutHeartbeat(user, `alice/${index}`));
      for (let round = 1; round <= 2; round++) {
        for (const peer of peers) peer.send(commands.LOGIN_HEARTBEAT, {});
        for (const peer of peers) {
          await t.given("the session list", () => askSessions(peer));
          const answers = peer.inbox.all(commands.LOGIN_HEARTBEAT).length;
          t.equal(answers, round, `heartbeats answered to ${peer.name} (of ${round} sent)`);
        }
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HB-02/silence-closes",
      title: "a logged-in connection without any heartbeat is closed after the heartbeat timeout, not before",
      steps: ["log in and send nothing more", "the connection is closed between the timeout and two seconds later"],
      waits: silence,
    },
    async (t) => {
      const limit = t.around.timers.heartbeat;
      const latest = limit + TIMER_GRACE_MS * t.around.timeoutScale;
      const before = performance.now();
      const peer = await t.loginWithoutHeartbeat(await t.account(), "silent");
      const closing = await peer.closed(latest);
      const { at } = t.present(
        closing,
        `the connection is closed within ${latest} ms of the login`,
        "it is still open",
      );
      const age = Math.round(at - before);
      t.ensure(
        age >= limit,
        `it is closed no earlier than ${limit} ms after the login`,
        `it was closed after ${age} ms`,
      );
    },
  ),
  defineCase(
    {
      id: "HB-02/clock-starts-at-login",
      title: "the heartbeat clock starts at login, not at connecting",
      steps: [
        "connect, wait for two fifths of the login timeout, log in, send nothing more",
        "the full timeout passes from there",
      ],
      waits: (timers) => silence(timers) + 0.4 * timers.login,
    },
    async (t) => {
      const limit = t.around.timers.heartbeat;
      const { user_name, user_pwd } = await t.account();
      const peer = await t.connect("late");
      await t.elapse(0.4 * t.around.timers.login);
      const before = performance.now();
      await t.given("the login", () => peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }));
      const closing = await peer.closed(limit + TIMER_GRACE_MS * t.around.timeoutScale);
      t.requires(closing !== undefined, "the connection was not closed at all (see HB-02/silence-closes)");
      const age = Math.round((closing?.at ?? 0) - before);
      t.ensure(
        age >= limit,
        `it is closed no earlier than ${limit} ms after the login`,
        `it was closed after ${age} ms`,
      );
    },
  ),
  defineCase(
    {
      id: "HB-02/heartbeats-keep-open",
      title: "a connection with heartbeats stays open beyond the timeout",
      steps: ["log in", "send a heartbeat after half of the timeout", "it is open after the whole timeout"],
      waits: ({ heartbeat }) => heartbeat * 1.15,
    },
    async (t) => {
      const limit = t.around.timers.heartbeat;
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      await t.elapse(limit / 2);
      peer.send(commands.LOGIN_HEARTBEAT, {});
      await t.elapse(limit * 0.6);
      t.ensure(peer.closing === undefined, "the connection is still open", "it was closed in spite of the heartbeat");
      await t.given("a fence", () => peer.fence());
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HB-04/intervals-in-the-field",
      title: "the heartbeat intervals of real clients all keep a connection open",
      steps: ["three connections send heartbeats every sixth, fourth and half of the timeout", "all stay beyond it"],
      waits: ({ heartbeat }) => heartbeat * 1.05 + TIMER_GRACE_MS,
    },
    async (t) => {
      const limit = t.around.timers.heartbeat;
      const peers = await Promise.all(
        CLIENT_INTERVALS.map(async (share) => {
          const peer = await t.loginWithoutHeartbeat(await t.account(), `every ${Math.round(share * limit)} ms`);
          peer.keepAlive(share * limit);
          return peer;
        }),
      );
      await t.elapse(limit * 1.05 + TIMER_GRACE_MS);
      for (const peer of peers) {
        t.ensure(peer.closing === undefined, `the client with a heartbeat ${peer.name} stays`, "it was closed");
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "HB-05/reconnect",
      title: "a client that lost its connection logs in again at once and pulls its sessions, again and again",
      steps: ["alice writes to bob", "bob's connection breaks five times; each time he logs in and asks for sessions"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      await sendMessage(t, alice.peer, bob.user_id, "before");
      for (let round = 1; round <= 5; round++) {
        const peer = await t.connect(`bob/${round}`);
        const { user_name, user_pwd } = bob;
        const login = await peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd });
        t.equal(login.result_code, SUCCESS, `result_code of login ${round}`);
        peer.self = bob.user_id;
        await askSessions(peer);
        const ack = await sendMessage(t, alice.peer, bob.user_id, `round ${round}`);
        await pushOf(peer, ack.client_msg_id);
        peer.reset();
      }
    },
  ),
];
