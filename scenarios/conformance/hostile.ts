import { readFileSync } from "node:fs";
import {
  type Command,
  commands,
  DEFAULT_MAX_FRAME_LENGTH,
  encodeFrame,
  encodeRawFrame,
  formatCommandId,
  HEADER_LENGTH,
} from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, Need, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, type CaseId, defineCase } from "./define.ts";
import {
  actorField,
  bystander,
  clientCommands,
  fieldKinds,
  isAccepted,
  message,
  paddedFrame,
  pushOf,
  readHistory,
  SINGLE,
  SUCCESS,
  sendMessage,
  serverCommands,
  TEXT,
} from "./setup/index.ts";

/** Time in which others must usually be served while one client reads nothing, in milliseconds. */
const BYSTANDER_BOUND_MS = 1_000;
/** How many times longer than before they may take in any case: a slow target is slow for everybody. */
const BYSTANDER_SLOWDOWN = 5;
/** What a server may reserve for a hundred unfinished packets, in bytes: far below the gigabyte that they announce. */
const RESERVE_LIMIT = 300 * 1024 * 1024;
/** A packet below the limit that servers should have, and how much of it comes first, in bytes. */
const LARGE_PACKET = 9 * 1024 * 1024;
const LARGE_PART = 6 * 1024 * 1024;
/** Odd, so that there is one in the middle. */
const ROUNDS = 11;
const LARGEST_ID = 2n ** 64n - 1n;
const LIST = commands.LIST_RECENT_CONTACT_SESSION_REQ;

/** Texts that mean something to a database, a template or a shell, and nothing to a chat. */
const TEXTS: readonly string[] = [
  "'; DELETE FROM messages; --",
  "' OR '1'='1",
  "\\'\"",
  "\u0000",
  "%_",
  "😀".repeat(8),
  "{{7*7}}",
  "$(reboot)",
];

/** Values that no client sends and every server must survive, by the kind of field. */
const ABSURD: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["largest", { id: LARGEST_ID, number: 0x7fff_ffff, text: "x".repeat(5_000), bytes: Buffer.alloc(5_000), flag: true }],
  ["zero", { id: 0n, number: 0, text: "", bytes: new Uint8Array(0), flag: false }],
  [
    "odd",
    {
      id: 2n ** 63n,
      number: 0x7fff_fffe,
      text: "'; -- \\ \u0000 😀 %s",
      bytes: Buffer.from("00ff00ff", "hex"),
      flag: true,
    },
  ],
];

/** A request of which every field but the actor has an absurd value; sub-messages are missing. */
function absurdRequest(
  command: Command,
  values: Readonly<Record<string, unknown>>,
  self: bigint,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, kind] of fieldKinds(command)) if (kind in values) fields[name] = values[kind];
  const actor = actorField(command);
  if (actor !== undefined) fields[actor] = self;
  return fields;
}

/** A request that would be well-formed but for one text in all of its text fields; undefined when it has none. */
function textRequest(command: Command, text: string, self: bigint): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = { session_type: SINGLE, msg_type: TEXT, to_session_id: self + 1n };
  let count = 0;
  for (const [name, kind] of fieldKinds(command)) {
    if (kind === "text") fields[name] = text;
    if (kind === "bytes") fields[name] = Buffer.from(text);
    if (name === "channel_info") fields[name] = { channel_name: text, channel_token: text, creator_id: self };
    if (kind === "text" || name === "channel_info") count += 1;
  }
  const actor = actorField(command);
  if (actor !== undefined) fields[actor] = self;
  return count === 0 ? undefined : fields;
}

/** A request of {@link LARGE_PACKET} bytes, most of it a field that servers skip; not sent yet. */
function largeRequest(peer: Peer) {
  const sent = peer.expectAnswer(LIST, peer.nextSeq());
  return { sent, bytes: paddedFrame(LIST, { user_id: peer.self ?? 0n }, sent.seq, LARGE_PACKET) };
}

/** A login whose words are somebody's idea of an attack. */
async function notLetIn(
  t: CaseContext,
  command: Command<unknown, { result_code: number }>,
  request: object,
): Promise<void> {
  const peer = await t.connect("stranger");
  const sent = peer.send(command, request as never);
  // Behind a login that failed the connection stays (LOGIN-09), but whoever is attacked may also hang up.
  const id = { id: sent.command.replyId ?? 0 };
  const answer = await peer.until(() => peer.inbox.take<{ result_code: number }>(id, () => true) ?? peer.closing);
  const code = answer !== undefined && "message" in answer ? answer.message?.result_code : undefined;
  t.ensure(code !== SUCCESS, "a login with such words does not succeed", `result_code ${code}`);
  peer.close();
}

/** CONN-17: what is sent, and how the sender's name in the trace. The sender may be cut off; nobody else may notice. */
function harmless(
  id: CaseId,
  title: string,
  steps: readonly string[],
  deed: (t: CaseContext, peer: Peer, again: () => Promise<Peer>) => Promise<void>,
  needs: readonly Need[] = [],
): ConformanceCase {
  const head = { id, title, steps: [...steps, "a bystander and a newcomer are served as before"], needs };
  return defineCase(head, async (t) => {
    const undisturbed = await bystander(t);
    const alice = await t.user();
    let count = 0;
    const again = (): Promise<Peer> => t.login(alice, `alice/${++count}`);
    await deed(t, await again(), again);
    await undisturbed();
    const newcomer = await t.freshLogin("newcomer");
    const bob = await t.freshLogin("bob");
    const ack = await sendMessage(t, newcomer.peer, bob.user.user_id, "still working");
    await pushOf(bob.peer, ack.client_msg_id);
  });
}

/** Sends a frame and waits until the target has dealt with it: by a fence, or by the end of the connection. */
async function sendAndSettle(peer: Peer, bytes: Uint8Array, why: string, again: () => Promise<Peer>): Promise<Peer> {
  peer.sendBytes(bytes, why);
  return (await peer.fence()) === "answered" ? peer : await again();
}

/** CONN: input that no client sends, and clients that behave badly. */
export const hostileCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "CONN-15/closed-before-login",
      title: "any command but the two logins before login closes the connection without an answer",
      steps: [
        "for each other command, heartbeat and unknown ones included: connect and send it",
        "closed, nothing received",
      ],
    },
    async (t) => {
      await t.freshLogin("control");
      const logins: number[] = [commands.LOGIN_AUTH_REQ.id, commands.LOGIN_AUTH_TOKEN_REQ.id];
      const known = [...clientCommands(), ...serverCommands()].map((command) => command.id);
      const ids = [...known.filter((id) => !logins.includes(id)), 0x0000, 0x0106, 0x7fff, 0xffff];
      for (const command_id of ids) {
        const peer = await t.connect(`${formatCommandId(command_id)} first`);
        const user_id = commands.LIST_RECENT_CONTACT_SESSION_REQ.body.encode({ user_id: 1n });
        peer.sendBytes(encodeRawFrame({ command_id, seq_num: 5 }, user_id), "before login");
        const closing = await peer.closed();
        t.present(
          closing,
          `the connection is closed after ${formatCommandId(command_id)} before login`,
          "it stays open",
        );
        const received = peer.inbox.length;
        t.ensure(received === 0, `no answer to ${formatCommandId(command_id)} before login`, `${received} packets`);
      }
    },
  ),
  defineCase(
    {
      id: "CONN-15/nothing-behind-it-handled",
      needs: ["stream"],
      capabilities: ["robustness"],
      title: "packets behind a command before login are not handled",
      steps: [
        "send a heartbeat, a good login and a message to bob in one write",
        "closed without answers, bob gets nothing",
      ],
    },
    async (t) => {
      const alice = await t.user();
      const bob = await t.freshLogin("bob");
      const peer = await t.connect("alice");
      const { user_name, user_pwd, user_id } = alice;
      const text = message(t, peer, bob.user.user_id, "too early", { from_user_id: user_id });
      const frames = [
        encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1),
        encodeFrame(commands.LOGIN_AUTH_REQ, { user_name, user_pwd }, 2),
        encodeFrame(commands.MSG_DATA, text, 3),
      ];
      peer.sendBytes(Buffer.concat(frames), "a heartbeat before login");
      t.present(await peer.closed(), "the connection is closed", "it stays open");
      t.equal(peer.inbox.length, 0, "the number of packets received");
      const again = await t.login(alice, "alice/again");
      const later = await sendMessage(t, again, bob.user.user_id, "legal");
      await t.given("delivery", () => pushOf(bob.peer, later.client_msg_id));
      t.equal(bob.peer.seen(commands.MSG_DATA).length, 1, "the number of messages that bob got");
    },
  ),
  defineCase(
    {
      id: "CONN-15/flood-before-login",
      needs: ["stream"],
      title: "a flood of packets before login is cut off, and others are served",
      steps: [
        "20 connections each send 500 requests without a login",
        "all are closed unanswered; a bystander is served",
      ],
    },
    async (t) => {
      const undisturbed = await bystander(t);
      const request = encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: 1n }, 5);
      const flood = Buffer.concat(Array.from({ length: 500 }, () => request));
      const peers = await Promise.all(Array.from({ length: 20 }, (_, index) => t.connect(`flood-${index}`)));
      for (const peer of peers) peer.sendBytes(flood, "before login");
      for (const peer of peers) {
        t.present(await peer.closed(), "every flooding connection is closed", `${peer.name} stays open`);
        t.equal(peer.inbox.length, 0, `packets received by ${peer.name}`);
      }
      await undisturbed();
    },
  ),

  ...ABSURD.map(([name, values]) =>
    harmless(
      `CONN-17/${name}-values`,
      `requests with ${name} values in every field harm nobody`,
      [`send every command with ${name} values and without its sub-messages`],
      async (_t, first, again) => {
        let peer = first;
        for (const command of clientCommands()) {
          if (command.id === commands.LOGIN_AUTH_LOGOUT_REQ.id) continue;
          const request = absurdRequest(command, values, peer.self ?? 0n);
          const frame = encodeFrame(command, request as never, peer.nextSeq());
          peer = await sendAndSettle(peer, frame, `${name} values`, again);
        }
      },
    ),
  ),
  harmless(
    "CONN-17/empty-bodies",
    "every command with an empty body, so without any sub-message, harms nobody",
    ["send every command with an empty body"],
    async (_t, first, again) => {
      let peer = first;
      for (const { id } of [...clientCommands(), ...serverCommands()]) {
        const frame = encodeRawFrame({ command_id: id, seq_num: peer.nextSeq() }, new Uint8Array(0));
        peer = await sendAndSettle(peer, frame, "empty body", again);
      }
    },
  ),
  harmless(
    "CONN-17/broken-bodies",
    "every command with a body that does not parse harms nobody",
    ["send every command with broken and with random bodies"],
    async (t, first, again) => {
      let peer = first;
      for (const { id } of [...clientCommands(), ...serverCommands()]) {
        const random = Uint8Array.from({ length: 40 }, () => t.random.integer(256));
        for (const body of [Buffer.from("0affffffff0f", "hex"), random]) {
          const frame = encodeRawFrame({ command_id: id, seq_num: peer.nextSeq() }, body);
          peer = await sendAndSettle(peer, frame, "broken body", again);
        }
      }
    },
  ),
  harmless(
    "CONN-17/unknown-enums-and-fields",
    "unknown enum values and unknown fields harm nobody",
    ["send every command with enum numbers that nobody knows and a field that nobody has"],
    async (_t, first, again) => {
      let peer = first;
      for (const command of clientCommands()) {
        if (command.id === commands.LOGIN_AUTH_LOGOUT_REQ.id) continue;
        const request = absurdRequest(command, { number: 123_456 }, peer.self ?? 0n);
        const body = Buffer.concat([command.body.encode(request as never), Buffer.from("c03e01ca3e03616263", "hex")]);
        const frame = encodeRawFrame({ command_id: command.id, seq_num: peer.nextSeq() }, body);
        peer = await sendAndSettle(peer, frame, "unknown enum values", again);
      }
    },
  ),
  harmless(
    "CONN-17/random-bytes",
    "random bytes harm nobody",
    ["30 connections, half of them logged in, send random bytes"],
    async (t, _first, again) => {
      for (let round = 0; round < 30; round++) {
        const peer = round % 2 === 0 ? await again() : await t.connect(`noise-${round}`);
        peer.sendBytes(
          Uint8Array.from({ length: 200 }, () => t.random.integer(256)),
          "random bytes",
        );
        await peer.until(() => peer.closing, 20);
        peer.reset();
      }
    },
    ["stream"],
  ),
  harmless(
    "CONN-17/cut-off-in-a-packet",
    "connections that end in the middle of a packet harm nobody",
    ["connections send a part of a message and are closed, half-closed or reset"],
    async (t, first, again) => {
      const text = encodeFrame(commands.MSG_DATA, message(t, first, 1_000_000n, "cut off"), 9);
      for (const cut of [1, HEADER_LENGTH - 1, HEADER_LENGTH, text.length - 1]) {
        for (const end of ["close", "reset", "endWriting"] as const) {
          const peer = await again();
          peer.sendBytes(text.subarray(0, cut), "a part of a packet");
          peer[end]();
        }
      }
    },
    ["stream"],
  ),
  harmless(
    "CONN-17/many-connections-come-and-go",
    "a hundred connections that come and go at once harm nobody",
    ["open 100 connections at the same time, send a login on half of them, reset all"],
    async (t) => {
      const peers = await Promise.all(Array.from({ length: 100 }, (_, index) => t.connect(`guest-${index}`)));
      for (const [index, peer] of peers.entries()) {
        if (index % 2 === 0) peer.send(commands.LOGIN_AUTH_REQ, { user_name: "nobody", user_pwd: "nothing" });
        peer.reset();
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "CONN-17/other-text-is-data",
      title: "quotes, SQL and control characters in every text field are data",
      steps: ["use them as names and ids in requests", "nothing of alice's and bob's conversation changes"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      await sendMessage(t, alice.peer, bob.user.user_id, "before");
      const before = await readHistory(t, bob.peer, { session: alice.user.user_id });
      for (const text of TEXTS) {
        const fields = { client_msg_id: `${text}${t.random.uuid().slice(0, 8)}`, from_nick_name: text };
        const carol = await t.user();
        const sent = alice.peer.send(commands.MSG_DATA, message(t, alice.peer, carol.user_id, text, fields));
        const { closing } = await alice.peer.aftermath(sent);
        t.ensure(closing === undefined, `the connection stays open after ${JSON.stringify(text)}`, "it was closed");
      }
      const after = await readHistory(t, bob.peer, { session: alice.user.user_id });
      t.equal(after, before, "the history of alice and bob");
    },
  ),

  harmless(
    "CONN-17/text-in-every-field",
    "quotes, SQL, NULs and emoji in every text field of every command, those of sub-messages too, let nobody in and harm nobody",
    [
      "send every command that has text with each text in all of them, the logins on connections of their own",
      "no login succeeds; whoever is logged in is still served",
    ],
    async (t, first, again) => {
      let peer = first;
      for (const command of clientCommands()) {
        for (const text of TEXTS) {
          const request = textRequest(command, text, peer.self ?? 0n);
          if (request === undefined) continue;
          if (command.needsLogin) {
            const frame = encodeFrame(command, request as never, peer.nextSeq());
            peer = await sendAndSettle(peer, frame, `text in ${command.name}`, again);
          } else await notLetIn(t, command as Command<unknown, { result_code: number }>, request);
        }
      }
    },
  ),

  defineCase(
    {
      id: "CONN-17/large-beside-large",
      asks: { "incoming-bytes": 3 * LARGE_PACKET },
      needs: ["stream"],
      title: "large packets that are under way on several connections at once harm none of them",
      steps: [
        "a packet of 9 MiB alone is answered",
        "three clients each send 6 MiB of one; then each sends the rest: all are answered",
      ],
    },
    async (t) => {
      const clients = await Promise.all(["alice", "carol", "dave"].map((name) => t.freshLogin(name)));
      const peers = clients.map(({ peer }) => peer);
      const bob = await t.freshLogin("bob");
      const alone = largeRequest(bob.peer);
      bob.peer.sendBytes(alone.bytes, undefined);
      await t.given("the answer to a large packet alone (see CONN-07)", () => bob.peer.answer(alone.sent));
      const packets = peers.map((peer) => ({ peer, ...largeRequest(peer) }));
      for (const { peer, bytes } of packets) peer.sendBytes(bytes.subarray(0, LARGE_PART), undefined);
      await t.given("a fence beside them", () => bob.peer.fence());
      for (const { peer, bytes } of packets) peer.sendBytes(bytes.subarray(LARGE_PART), undefined);
      for (const { peer, sent } of packets) await peer.answer(sent);
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-18/others-not-delayed",
      title: "a client that stops reading does not delay others",
      steps: [
        "bob asks for forty large pages of history and reads none of them; alice goes on writing to him",
        "carol and dave are served and delivered to, usually within a second",
        "alice's messages are acknowledged",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const [carol, dave] = [await t.freshLogin("carol"), await t.freshLogin("dave")];
      const content = "😀".repeat(2_000);
      for (let index = 0; index < 100; index++) {
        alice.peer.send(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, content));
      }
      await t.given("a fence behind alice's messages", () => alice.peer.fence());
      const taken = alice.peer.seen(commands.MSG_DATA_ACK, isAccepted).length;
      t.requires(
        taken === 100,
        `only ${taken} of 100 messages of 8 KB, which arrive in pieces, were taken (see CONN-04)`,
      );
      const serveRound = async (): Promise<number> => {
        const begun = performance.now();
        await alice.peer.ask(commands.MSG_DATA, message(t, alice.peer, bob.user.user_id, content));
        const ack = await carol.peer.ask(commands.MSG_DATA, message(t, carol.peer, dave.user.user_id, "a round"));
        await pushOf(dave.peer, ack.client_msg_id);
        return Math.round(performance.now() - begun);
      };
      const before: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) before.push(await t.given("a round before", serveRound));
      bob.peer.pause();
      const page = {
        user_id: bob.user.user_id,
        session_type: SINGLE,
        session_id: alice.user.user_id,
        limit_count: 60,
      } as const;
      for (let index = 0; index < 40; index++) bob.peer.send(commands.LIST_MSG_REQ, page);
      const times: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) times.push(await serveRound());
      // One slow round may be the work that bob asked for; a server that waits for bob is slow in all of them.
      const bound = Math.max(BYSTANDER_BOUND_MS * t.around.timeoutScale, BYSTANDER_SLOWDOWN * median(before));
      t.ensure(
        median(times) <= bound,
        `others are usually served within ${bound} ms (before: ${median(before)} ms)`,
        `they took ${times.join(", ")} ms`,
      );
      bob.peer.resume();
      const closing = await bob.peer.until(() => bob.peer.closing, 200);
      t.remarks.push(closing ? "the slow connection was dropped" : "the slow connection was kept");
    },
  ),

  defineCase(
    {
      id: "CONN-08/no-memory-for-announcements",
      needs: ["process", "stream"],
      alone: true,
      title: "a packet that was only announced takes no memory",
      steps: [
        "100 connections announce a packet of 10 MiB each and send 100 bytes of it",
        "the server's data does not grow",
      ],
    },
    async (t) => {
      const pid = t.around.control?.pid;
      const user = await t.user();
      const peers = await Promise.all(Array.from({ length: 100 }, (_, index) => t.login(user, `alice/${index}`)));
      const before = dataSize(pid);
      t.requires(before !== undefined, "the memory of the target's process cannot be read on this system");
      const length = DEFAULT_MAX_FRAME_LENGTH;
      const start = encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: 5, length }, Buffer.alloc(100));
      for (const peer of peers) peer.sendBytes(start, undefined);
      const { peer } = await t.freshLogin("bystander");
      await t.given("a fence", () => peer.fence());
      const grown = (dataSize(pid) ?? 0) - (before ?? 0);
      const mebibytes = Math.round(grown / 2 ** 20);
      t.ensure(grown < RESERVE_LIMIT, `less than ${RESERVE_LIMIT / 2 ** 20} MiB more`, `${mebibytes} MiB more`);
    },
  ),
];

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** Memory that a process has asked for as data, in bytes: touched or not, for reserving is what the rule forbids. */
function dataSize(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmData:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024 || undefined;
  } catch {
    return undefined;
  }
}
