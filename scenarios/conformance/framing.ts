import { commands, DEFAULT_MAX_FRAME_LENGTH, encodeFrame, encodeRawFrame, HEADER_LENGTH } from "../../codegen/index.ts";
import { awakeDeadline } from "../../harness/awake-timeout.ts";
import {
  type CaseContext,
  type ConformanceCase,
  isCaseEnd,
  type Peer,
  RuleFailure,
  type TargetTimers,
} from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  A_MOMENT_MS,
  bystander,
  isAccepted,
  message,
  paddedFrame,
  plainTextPasses,
  prepare,
  pushesOf,
  pushOf,
  SINGLE,
  sendMessage,
  stillServed,
} from "./setup/index.ts";

/** The smallest limit that a server may have, in bytes (CONN-07). */
const LIMIT_FLOOR = 64 * 1024;
/** Lengths that no packet can have. */
const BAD_LENGTHS: readonly number[] = [0, 1, 15, DEFAULT_MAX_FRAME_LENGTH + 1, 0x8000_0000, 0xffff_ffff];

const LIST = commands.LIST_RECENT_CONTACT_SESSION_REQ;

/**
 * Sends the pieces of a packet one by one. Between two pieces another connection makes a round trip, so that the target
 * has had every chance to read the first piece by itself: a pause without sleeping.
 */
async function sendInPieces(t: CaseContext, peer: Peer, pacer: Peer, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    peer.sendBytes(piece, undefined);
    await t.given("a round trip on another connection", () => pacer.fence());
  }
}

/** Sends a message under a length that cannot be, and gives its client id. */
function sendUnderBadLength(t: CaseContext, from: Peer, to: bigint, length: number): string {
  const forged = message(t, from, to, "under a bad length");
  const header = { command_id: commands.MSG_DATA.id, seq_num: from.nextSeq(), length };
  from.sendBytes(encodeRawFrame(header, commands.MSG_DATA.body.encode(forged)), `length ${length}`);
  return forged.client_msg_id ?? "";
}

/** Sends a message under a bad length as one of three in a piece, and gives its client id. */
function sendAmongOthers(
  t: CaseContext,
  from: Peer,
  to: bigint,
  { length, place }: { length: number; place: number },
): string {
  const forged = message(t, from, to, "under a bad length");
  const body = commands.MSG_DATA.body.encode(forged);
  const wrong = encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: from.nextSeq(), length }, body);
  const legal = [1, 2].map(() => encodeFrame(commands.MSG_DATA, message(t, from, to, "legal"), from.nextSeq()));
  from.sendBytes(Buffer.concat(legal.toSpliced(place, 0, wrong)), `length ${length} as packet ${place + 1} of 3`);
  return forged.client_msg_id ?? "";
}

/** A pause within a packet, in milliseconds: long for whoever expects packets whole, below every timeout. */
function lateMs({ login, heartbeat }: TargetTimers): number {
  return Math.min(login, heartbeat) / 2;
}

/** Sends 5,000 heartbeats in one write and counts the answers. */
async function thousandsOfHeartbeats(t: CaseContext): Promise<void> {
  const peer = await t.loginWithoutHeartbeat(await t.account(), "bob");
  // Looked at with each answer that comes: counting costs nothing.
  const answered = (): number => peer.inbox.count(commands.LOGIN_HEARTBEAT);
  const came = (count: number) => (): true | undefined => (answered() >= count ? true : undefined);
  const alone = answered();
  peer.send(commands.LOGIN_HEARTBEAT, {});
  t.requires((await peer.until(came(alone + 1))) === true, "a heartbeat alone is not answered");
  const heartbeat = encodeRawFrame({ command_id: commands.LOGIN_HEARTBEAT.id, seq_num: 1 }, new Uint8Array(0));
  const before = answered();
  let due = 5_000;
  peer.sendBytes(Buffer.concat(Array.from({ length: due }, () => heartbeat)), undefined);
  const { signal: late, clear } = awakeDeadline(3 * t.patienceMs);
  try {
    while (!(await peer.until(came(before + due), t.around.timers.heartbeat / 4))) {
      if (late.aborted || peer.closing !== undefined) break;
      // A server that has handled none of those must not find that the client is silent (HB-02).
      peer.send(commands.LOGIN_HEARTBEAT, {});
      due += 1;
    }
  } finally {
    clear();
  }
  t.equal(answered() - before, due, "the number of answered heartbeats");
}

/** CONN: how the byte stream is cut into packets. */
export const framingCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "CONN-03/hundreds-in-one-segment",
      needs: ["stream"],
      title: "several packets in one segment are all handled, in order",
      steps: [
        "send 300 session list requests in one write: 300 answers come",
        "send 5,000 heartbeats in one write: 5,000 answers come",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const request = { user_id: peer.self ?? 0n };
      const requests = Array.from({ length: 300 }, () => prepare(peer, LIST, request));
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat(requests.map(({ bytes }) => bytes)), undefined);
      const answers = () => peer.inbox.count(commands.LIST_RECENT_CONTACT_SESSION_RSP, mark);
      await peer.until(() => (answers() >= requests.length ? true : undefined), 3 * t.patienceMs);
      t.equal(answers(), requests.length, "the number of answers");
      await thousandsOfHeartbeats(t);
    },
  ),

  ...defineGrid(
    {
      id: "CONN-03/in-one-segment",
      needs: ["stream"],
      title: "every packet of one segment is handled, however many they are",
      steps: ["send a number of session list requests in one write", "so many answers come"],
      axes: { number: ["2", "10", "20", "50", "64", "100", "128", "200", "256", "300", "1000", "1024"] },
    },
    async (t, at) => {
      const { peer } = await t.freshLogin("alice");
      const requests = Array.from({ length: Number(at.number) }, () =>
        prepare(peer, LIST, { user_id: peer.self ?? 0n }),
      );
      const mark = peer.inbox.length;
      peer.sendBytes(Buffer.concat(requests.map(({ bytes }) => bytes)), undefined);
      const answers = (): number => peer.inbox.count(commands.LIST_RECENT_CONTACT_SESSION_RSP, mark);
      // As long as more come: how fast they do is no matter here.
      for (let before = -1; answers() < requests.length && answers() > before; ) {
        before = answers();
        await peer.until(() => (answers() >= requests.length ? true : undefined), 3 * t.patienceMs);
      }
      t.equal(answers(), requests.length, "the number of answers");
    },
  ),

  defineCase(
    {
      id: "CONN-03/before-the-end",
      needs: ["stream"],
      level: "should",
      title: "packets that came before the client closed its side are all handled",
      steps: ["alice sends bob 200 messages in one write and closes her side", "bob gets all of them"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      await plainTextPasses(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
      const texts = Array.from({ length: 200 }, () => message(t, alice.peer, bob.user.user_id, "before the end"));
      const ids = new Set(texts.map((text) => text.client_msg_id));
      const frames = texts.map((text) => encodeFrame(commands.MSG_DATA, text, alice.peer.nextSeq()));
      alice.peer.sendBytes(Buffer.concat(frames), undefined);
      alice.peer.endWriting();
      const came = (): number => bob.peer.seen(commands.MSG_DATA, (push) => ids.has(push.client_msg_id)).length;
      await bob.peer.until(() => (came() >= ids.size ? true : undefined), 3 * t.patienceMs);
      t.equal(came(), ids.size, "the number of messages that bob got");
    },
  ),

  defineCase(
    {
      id: "CONN-04/split-at-every-byte",
      needs: ["stream"],
      title: "a packet that arrives in two pieces is handled, wherever it is cut",
      steps: [
        "for each byte of a packet: send the bytes before it, wait a round trip, send the rest",
        "it is answered",
      ],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const pacer = (await t.freshLogin("pacer")).peer;
      const { length } = encodeFrame(LIST, { user_id: peer.self ?? 0n }, 1);
      for (let cut = 1; cut < length; cut++) {
        const { bytes, sent } = prepare(peer, LIST, { user_id: peer.self ?? 0n });
        await sendInPieces(t, peer, pacer, [bytes.subarray(0, cut), bytes.subarray(cut)]);
        await answered(peer, sent, `a packet cut behind byte ${cut}`);
        // Its heartbeat keeps the connection; one of a timer could get between two pieces.
        await t.given("a heartbeat between two cuts", () => peer.fence());
      }
    },
  ),

  defineCase(
    {
      id: "CONN-04/byte-by-byte",
      needs: ["stream"],
      title: "a packet that arrives byte by byte is handled",
      steps: ["send a packet one byte at a time, a round trip between two bytes", "it is answered"],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const pacer = (await t.freshLogin("pacer")).peer;
      const { bytes, sent } = prepare(peer, LIST, { user_id: peer.self ?? 0n });
      await sendInPieces(
        t,
        peer,
        pacer,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      );
      await answered(peer, sent, "a packet sent byte by byte");
    },
  ),

  defineCase(
    {
      id: "CONN-04/whole-packet-and-a-start",
      needs: ["stream"],
      title: "a whole packet followed by the start of the next is handled at once, the next when its rest comes",
      steps: [
        "send a packet and the first 20 bytes of another",
        "the first is answered",
        "send the rest",
        "so is the second",
      ],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const bob = await t.user();
      const one = prepare(peer, LIST, { user_id: peer.self ?? 0n });
      const two = prepare(peer, commands.MSG_DATA, message(t, peer, bob.user_id, "in two parts"));
      peer.sendBytes(Buffer.concat([one.bytes, two.bytes.subarray(0, 20)]), undefined);
      await answered(peer, one.sent, "a packet followed by the start of the next");
      peer.sendBytes(two.bytes.subarray(20), undefined);
      await answered(peer, two.sent, "the packet whose start came with another");
    },
  ),

  defineCase(
    {
      id: "CONN-04/long-pause-between-pieces",
      needs: ["stream"],
      title: "a pause inside a packet, below the timeouts, does no harm",
      steps: ["send half a header", "let three quarters of the login timeout pass", "send the rest", "it is answered"],
      waits: (timers) => Math.min(timers.login, timers.heartbeat) * 0.75,
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const silent = await t.loginWithoutHeartbeat(await t.account(), "alice/slow");
      t.requires((await peer.fence()) === "answered", "the connection was closed early");
      const { bytes, sent } = prepare(silent, LIST, { user_id: silent.self ?? 0n });
      silent.sendBytes(bytes.subarray(0, 9), undefined);
      await t.elapse(Math.min(t.around.timers.login, t.around.timers.heartbeat) * 0.75);
      silent.sendBytes(bytes.subarray(9), undefined);
      await answered(silent, sent, "a packet with a pause in its header");
    },
  ),

  ...defineGrid(
    {
      id: "CONN-04/late-rest",
      needs: ["stream"],
      title: "the rest of a packet may come late, wherever the pause is",
      steps: [
        "send a packet's header alone, half of its body with it, or all but the last byte",
        "let half of the shorter timeout of login and heartbeat pass, send the rest and another packet: both are answered",
      ],
      axes: { position: ["first", "middle", "last"] },
      waits: (timers) => lateMs(timers),
    },
    async (t, at) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const bob = await t.user();
      const text = message(t, peer, bob.user_id, "late");
      const late = prepare(peer, commands.MSG_DATA, text);
      const { length } = late.bytes;
      const cut = { first: HEADER_LENGTH, middle: (HEADER_LENGTH + length) >> 1, last: length - 1 }[at.position];
      peer.sendBytes(late.bytes.subarray(0, cut), undefined);
      await t.elapse(lateMs(t.around.timers));
      const behind = prepare(peer, LIST, { user_id: peer.self ?? 0n });
      peer.sendBytes(Buffer.concat([late.bytes.subarray(cut), behind.bytes]), undefined);
      await answered(peer, late.sent, `a packet whose last ${length - cut} bytes came late`);
      await answered(peer, behind.sent, "the packet behind it");
    },
  ),
  defineCase(
    {
      id: "CONN-04/across-reads",
      needs: ["stream"],
      title: "packets that lie across the ends of what a server reads at a time are handled",
      steps: [
        "a session list request of 25,013 bytes, most of it a field that servers skip, is answered",
        "send 60 of them in one write: all are answered",
        "do so again with 16 and with 5,000 bytes in front, which moves the ends",
      ],
    },
    async (t) => {
      const peer = await t.loginWithoutHeartbeat(await t.account(), "alice");
      const large = (length: number = 25_013): Uint8Array =>
        paddedFrame(LIST, { user_id: peer.self ?? 0n }, peer.nextSeq(), length);
      // Which answer is whose is for other rules to say: they are counted.
      const answersTo = async (bytes: Uint8Array, due: number): Promise<number> => {
        const mark = peer.inbox.length;
        const came = (): number =>
          peer.inbox.since(mark).filter((one) => one.frame.header.command_id === LIST.replyId).length;
        peer.sendBytes(bytes, undefined);
        await peer.until(() => (came() >= due ? true : undefined), 3 * t.patienceMs);
        return came();
      };
      t.requires((await answersTo(large(), 1)) === 1, "a large request alone is not answered");
      const heartbeat = encodeRawFrame({ command_id: commands.LOGIN_HEARTBEAT.id }, new Uint8Array(0));
      for (const front of [[], [heartbeat], [large(5_000)]]) {
        const batch = [...front, ...Array.from({ length: 60 }, () => large())];
        const due = batch.filter((bytes) => bytes !== heartbeat).length;
        t.equal(await answersTo(Buffer.concat(batch), due), due, "the number of answers");
      }
    },
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-05/empty-body-handled",
      title: "a packet without a body reaches its handler",
      steps: ["send a password login with an empty body, which is a login without name and password", "it is answered"],
    },
    async (t) => {
      const peer = await t.connect("nobody");
      const seq_num = peer.nextSeq();
      const sent = peer.expectAnswer(commands.LOGIN_AUTH_REQ, seq_num);
      peer.sendBytes(encodeRawFrame({ command_id: sent.command.id, seq_num }, new Uint8Array(0)), undefined);
      await peer.answer(sent);
    },
  ),

  defineCase(
    {
      id: "CONN-05/empty-body-keeps-the-stream",
      needs: ["stream"],
      title: "the packets behind one without a body are handled",
      steps: ["send a heartbeat, which has no body, and a session list request in one write", "the list comes"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const empty = prepare(peer, commands.LOGIN_HEARTBEAT, {});
      const list = prepare(peer, LIST, { user_id: peer.self ?? 0n });
      peer.sendBytes(Buffer.concat([empty.bytes, list.bytes]), undefined);
      await answered(peer, list.sent, "a packet behind one without a body");
    },
  ),

  ...BAD_LENGTHS.map((length) =>
    defineCase(
      {
        id: `CONN-06/length-${length}-not-handled`,
        needs: ["stream"],
        title: `a packet whose header says length ${length} reaches no handler and disturbs nobody`,
        steps: [
          `alice sends bob a message under length ${length}`,
          "carol's message behind it reaches bob, alice's never does",
          "another connection is served as before",
        ],
      },
      async (t) => {
        const alice = await t.freshLogin("alice");
        const bob = await t.freshLogin("bob");
        const undisturbed = await bystander(t);
        await sendMessage(t, alice.peer, bob.user.user_id, "legal, just before");
        const forged = sendUnderBadLength(t, alice.peer, bob.user.user_id, length);
        await alice.peer.until(() => alice.peer.closing, t.patienceMs / 10);
        await undisturbed();
        const carol = await t.freshLogin("carol");
        const control = await sendMessage(t, carol.peer, bob.user.user_id, "legal, just after");
        await t.given("the delivery to bob", () => pushOf(bob.peer, control.client_msg_id));
        const came = pushesOf(bob.peer, forged).length;
        t.ensure(came === 0, "the packet is not handled", "the message in it was delivered");
        await undisturbed();
      },
    ),
  ),

  ...defineGrid(
    {
      id: "CONN-06/in-a-piece",
      needs: ["stream"],
      title: "a packet under an impossible length reaches no handler, wherever in a piece it stands",
      steps: [
        "alice sends three messages to bob in one piece, one of them under a length that cannot be",
        "carol's message behind them reaches bob, that one never does",
        "another connection is served as before",
      ],
      axes: { position: ["first", "middle", "last"] },
    },
    async (t, at) => {
      const bob = await t.freshLogin("bob");
      const undisturbed = await bystander(t);
      const forged: string[] = [];
      for (const length of [15, DEFAULT_MAX_FRAME_LENGTH + 1]) {
        const { peer } = await t.freshLogin(`alice/length ${length}`);
        const place = { first: 0, middle: 1, last: 2 }[at.position];
        forged.push(sendAmongOthers(t, peer, bob.user.user_id, { length, place }));
        await peer.until(() => peer.closing, t.patienceMs / 10);
      }
      const carol = await t.freshLogin("carol");
      const control = await sendMessage(t, carol.peer, bob.user.user_id, "legal, just after");
      await t.given("the delivery to bob", () => pushOf(bob.peer, control.client_msg_id));
      const came = forged.filter((id) => pushesOf(bob.peer, id).length > 0).length;
      t.equal(came, 0, "messages under a bad length that were delivered");
      await undisturbed();
    },
  ),
  defineCase(
    {
      id: "CONN-16/answered-before-a-bad-length",
      needs: ["stream"],
      level: "should",
      title: "what came before a packet under an impossible length in the same piece is answered",
      steps: [
        "alice sends bob eight messages in one piece: they are acknowledged",
        "alice sends eight more and a header with length 15 in one piece: all eight are acknowledged",
      ],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const bob = await t.user();
      const eight = (): Uint8Array[] =>
        Array.from({ length: 8 }, () =>
          encodeFrame(commands.MSG_DATA, message(t, peer, bob.user_id, "in front"), peer.nextSeq()),
        );
      const acknowledged = (): number => peer.seen(commands.MSG_DATA_ACK, isAccepted).length;
      const untilAcknowledged = (count: number): Promise<true | undefined> =>
        peer.until(() => (acknowledged() >= count || peer.closing !== undefined ? true : undefined));
      // How many packets a server handles of one piece is CONN-03.
      peer.sendBytes(Buffer.concat(eight()), undefined);
      await untilAcknowledged(8);
      t.requires(acknowledged() === 8, "eight messages in one piece are not all acknowledged");
      const wrong = encodeRawFrame({ command_id: LIST.id, seq_num: peer.nextSeq(), length: 15 }, new Uint8Array(0));
      peer.sendBytes(Buffer.concat([...eight(), wrong]), "length 15 behind eight messages");
      await untilAcknowledged(16);
      t.equal(acknowledged(), 16, "the number of acknowledged messages");
    },
  ),
  ...[15, DEFAULT_MAX_FRAME_LENGTH + 1, 0xffff_ffff].map((length) =>
    defineCase(
      {
        id: `CONN-06/length-${length}-closes`,
        needs: ["stream"],
        level: "should",
        capabilities: ["frame-limits"],
        title: `a header that says length ${length} ends the connection`,
        steps: [`send a header with length ${length}`, "the connection is closed"],
      },
      async (t) => {
        const { peer } = await t.freshLogin("alice");
        peer.sendBytes(
          encodeRawFrame({ command_id: LIST.id, seq_num: 7, length }, new Uint8Array(0)),
          `length ${length}`,
        );
        const closing = await peer.closed();
        t.ensure(closing !== undefined, "the target closes the connection", "it stays open");
      },
    ),
  ),

  defineCase(
    {
      id: "CONN-07/64-KiB-accepted",
      title: "a packet of 64 KiB is handled",
      steps: [`send a session list request padded to ${LIMIT_FLOOR} bytes by an unknown field`, "it is answered"],
    },
    async (t) => await sendPadded(t, LIMIT_FLOOR),
  ),

  defineCase(
    {
      id: "CONN-07/10-MiB-accepted",
      asks: { "incoming-bytes": DEFAULT_MAX_FRAME_LENGTH },
      level: "should",
      title: "a packet of exactly 10 MiB is handled",
      steps: [`send a session list request padded to ${DEFAULT_MAX_FRAME_LENGTH} bytes`, "it is answered"],
    },
    async (t) => await sendPadded(t, DEFAULT_MAX_FRAME_LENGTH),
  ),

  ...alsoOverWebSocket(
    {
      id: "CONN-14/undecodable-message-ignored",
      title: "a body that is no protobuf message is ignored and the connection goes on",
      steps: [
        "send message packets with broken bodies",
        "nothing answers them and bob gets none",
        "a legal one goes through",
      ],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const broken = ["ff", "08", "0a05616263", "0f", "08ffffffffffffffffffff01", "4a8080808010"];
      for (const hex of broken) {
        const mark = alice.peer.inbox.length;
        const header = { command_id: commands.MSG_DATA.id, seq_num: 4_243 };
        alice.peer.sendBytes(encodeRawFrame(header, Buffer.from(hex, "hex")), "undecodable body");
        await stillServed(alice.peer, `the body ${hex}`);
        const answers = alice.peer.inbox.since(mark).filter((one) => one.frame.header.seq_num === 4_243);
        t.ensure(answers.length === 0, `no answer to the body ${hex}`, `${answers.length} answers`);
      }
      const legal = await sendMessage(t, alice.peer, bob.user.user_id, "legal");
      await t.given("delivery", () => pushOf(bob.peer, legal.client_msg_id));
      t.equal(bob.peer.seen(commands.MSG_DATA).length, 1, "the number of messages that bob got");
    },
  ),

  defineCase(
    {
      id: "CONN-14/open-a-moment-later",
      title: "a connection that sent a body that does not parse is still open a moment later",
      steps: ["send a message whose body does not parse", "let three seconds pass: the connection is open and served"],
      waits: () => A_MOMENT_MS,
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const broken = new Uint8Array([0x0a, 0xff, 0xff, 0xff]);
      peer.sendBytes(
        encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num: 4_242 }, broken),
        "an undecodable body",
      );
      await t.given("a fence right behind it", () => peer.fence());
      await t.elapse(A_MOMENT_MS);
      await stillServed(peer, "a body that does not parse");
    },
  ),
  defineCase(
    {
      id: "CONN-14/invalid-utf8-ignored",
      title: "a body with invalid UTF-8 in a text field does not parse, so it is ignored",
      steps: ["send bob a message whose client_msg_id is not UTF-8", "no acknowledgement comes and bob gets nothing"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.freshLogin("bob");
      const { client_msg_id: _, ...rest } = message(t, alice.peer, bob.user.user_id, "not UTF-8");
      const text = commands.MSG_DATA.body.encode(rest);
      const body = Buffer.concat([text, Buffer.from([0x22, 4, 0xc3, 0x28, 0xff, 0xfe])]);
      const seq_num = alice.peer.nextSeq();
      const sent = alice.peer.expectAnswer(commands.MSG_DATA, seq_num);
      alice.peer.sendBytes(encodeRawFrame({ command_id: commands.MSG_DATA.id, seq_num }, body), "invalid UTF-8");
      const { answer, closing } = await alice.peer.aftermath(sent);
      t.ensure(closing === undefined, "the connection stays open", "it was closed");
      t.ensure(answer === undefined, "no answer", "an acknowledgement");
      const legal = await sendMessage(t, alice.peer, bob.user.user_id, "legal");
      await t.given("delivery", () => pushOf(bob.peer, legal.client_msg_id));
      t.equal(bob.peer.seen(commands.MSG_DATA).length, 1, "the number of messages that bob got");
    },
  ),

  defineCase(
    {
      id: "CONN-14/undecodable-login-ignored",
      title: "a login whose body does not parse is ignored; the connection may still log in",
      steps: ["send a password login with a broken body", "log in on the same connection"],
    },
    async (t) => {
      const { user_name, user_pwd } = await t.account();
      const peer = await t.connect("alice");
      const header = { command_id: commands.LOGIN_AUTH_REQ.id, seq_num: 4_243 };
      peer.sendBytes(encodeRawFrame(header, Buffer.from("0aff", "hex")), "undecodable body");
      const sent = peer.send(commands.LOGIN_AUTH_REQ, { user_name, user_pwd });
      await peer.answer(sent);
      const answers = peer.inbox.since(0).filter((one) => one.frame.header.seq_num === 4_243);
      t.ensure(answers.length === 0, "no answer to the broken login", `${answers.length} answers`);
    },
  ),

  defineCase(
    {
      id: "CONN-19/packets-are-not-mixed",
      capabilities: ["content-fidelity"],
      needs: ["stream"],
      title: "packets to one connection come whole, however many senders there are",
      steps: ["eight users send bob 30 messages of 6 KB each at the same time", "bob receives all of them unharmed"],
    },
    async (t) => {
      const bob = await t.freshLogin("bob");
      const senders = await Promise.all(Array.from({ length: 8 }, (_, index) => t.freshLogin(`sender-${index}`)));
      for (const { peer } of senders) {
        await plainTextPasses(t, peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
      }
      const perSender = 30;
      const ids = new Set<string | undefined>();
      for (const [index, { peer }] of senders.entries()) {
        const content = String.fromCodePoint(0x1f600 + index).repeat(1_500);
        const frames = Array.from({ length: perSender }, () => {
          const text = message(t, peer, bob.user.user_id, content, { session_type: SINGLE });
          ids.add(text.client_msg_id);
          return encodeFrame(commands.MSG_DATA, text, peer.nextSeq());
        });
        peer.sendBytes(Buffer.concat(frames), undefined);
      }
      const total = senders.length * perSender;
      for (const { peer } of senders) await t.given(`a fence by ${peer.name}`, () => peer.fence());
      const acks = senders.flatMap(({ peer }) => peer.seen(commands.MSG_DATA_ACK, isAccepted)).length - senders.length;
      t.requires(acks === total, `only ${acks} of ${total} messages were taken (see CONN-03 and CONN-04)`);
      const pushes = () =>
        bob.peer.inbox.all(commands.MSG_DATA).filter(({ message }) => ids.has(message?.client_msg_id));
      await bob.peer.until(() => (pushes().length >= total ? true : undefined), 3 * t.patienceMs);
      t.ensure(bob.peer.closing === undefined, "a stream that can be cut into packets", "bob's stream broke");
      const strange = bob.peer.inbox.since(0).find((one) => one.error !== undefined);
      t.ensure(strange === undefined, "packets that can be decoded", `one that cannot: ${strange?.error}`);
      t.ensure(pushes().length >= total, `${total} messages delivered to bob`, `${pushes().length} were`);
      for (const { message: pushed } of pushes()) {
        const text = new TextDecoder().decode(pushed?.msg_data);
        t.ensure(new Set(text).size === 1, "each message with the content of one sender", "contents run together");
      }
    },
  ),
];

async function answered(peer: Peer, sent: Parameters<Peer["answer"]>[0], what: string): Promise<void> {
  try {
    await peer.answer(sent);
  } catch (error) {
    if (isCaseEnd(error, "rule-broken")) {
      throw new RuleFailure(`${what} is handled and answered`, error.actual, { isLate: error.isLate });
    }
    throw error;
  }
}

async function sendPadded(t: CaseContext, length: number): Promise<void> {
  const { peer } = await t.freshLogin("alice");
  const seq = peer.nextSeq();
  const sent = peer.expectAnswer(LIST, seq);
  peer.sendBytes(paddedFrame(LIST, { user_id: peer.self ?? 0n }, seq, length), undefined);
  await answered(peer, sent, `a packet of ${length} bytes`);
}
