import { expect, test } from "vitest";
import { cimRegistry, commands, encodeFrame, HEADER_LENGTH } from "../../codegen/index.ts";
import { Secrets } from "../accounts/index.ts";
import type { FrameTrace } from "../result/index.ts";
import { CaseRecorder } from "./recording.ts";
import { CaseTrace } from "./trace.ts";

const account = { user_name: "margarete", user_pwd: "5f4dcc3b5aa765d61d8327deb882cf99", nick_name: "" };
const secrets = new Secrets();
secrets.add(account);

const heartbeat = encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1);
const login = encodeFrame(commands.LOGIN_AUTH_REQ, { ...account, client_version: "cupping" }, 2);

const framesOf = (...pieces: Uint8Array[]): FrameTrace[] => {
  const trace = new CaseTrace(cimRegistry, secrets);
  for (const piece of pieces) trace.frame("alice", "sent", piece);
  return trace.read() as FrameTrace[];
};

/** What the frames of a trace or of a recording hold, in one text. */
const lettersOf = (frames: readonly object[]): string =>
  frames.map((one) => ("hex" in one ? Buffer.from(String(one.hex), "hex").toString("latin1") : "")).join("");

function expectNoWord(letters: string): void {
  expect(letters).not.toContain(account.user_name);
  expect(letters).not.toContain(account.user_pwd);
  // What is no secret stays.
  expect(letters).toContain("cupping");
}

test("a login reads as it was sent, but for its name and password, and the trace says where", () => {
  const [frame] = framesOf(login);
  expect(frame?.message).toMatchObject({
    user_name: "*".repeat(9),
    user_pwd: "*".repeat(32),
    client_version: "cupping",
  });
  expect(frame?.hex).toHaveLength(2 * login.length);
  const inBody = HEADER_LENGTH + 2;
  expect(frame?.hidden).toEqual([
    [inBody, inBody + 9],
    [inBody + 9 + 2, inBody + 9 + 2 + 32],
  ]);
});

test("a frame without a word says nothing of hidden bytes", () => {
  expect(framesOf(heartbeat)[0]).not.toHaveProperty("hidden");
});

const writes: [string, Uint8Array[]][] = [
  ["behind another frame in one write", [Buffer.concat([heartbeat, login])]],
  ["over two writes, cut within the password", [login.subarray(0, 50), login.subarray(50)]],
  ["byte by byte", Array.from(login, (byte) => Uint8Array.of(byte))],
  ["with a length that is wrong", [Buffer.concat([Buffer.from("000000ff", "hex"), login.subarray(4)])]],
];

test.each(writes)("a login is hidden in traces and recordings %s", (_how, pieces) => {
  expectNoWord(lettersOf(framesOf(...pieces)));
  const recorder = new CaseRecorder(cimRegistry, secrets);
  const connection = recorder.open("alice", "tcp");
  for (const piece of pieces) recorder.sent(connection, piece);
  const { steps, obstacle } = recorder.read(undefined);
  expectNoWord(lettersOf(steps));
  expect(obstacle).toContain("logs in with hand-made bytes");
});

test("a password that no account has is hidden in login frames too: it may be nearly the right one", () => {
  const wrong = encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "nobody at all", user_pwd: "nearly right" }, 2);
  expect(lettersOf(framesOf(wrong))).not.toMatch(/nobody|nearly/);
});

test("packets of one write are read one by one, each with what is hidden in it", () => {
  const frames = framesOf(Buffer.concat([heartbeat, login, heartbeat.subarray(0, 10)]));
  expect(frames.map(({ command, length, error }) => [command, length, error])).toEqual([
    ["LOGIN_HEARTBEAT", 16, undefined],
    ["LOGIN_AUTH_REQ", login.length, undefined],
    ["bytes", 10, "the beginning of a packet: less than its header"],
  ]);
  expect(frames[1]?.message).toMatchObject({ client_version: "cupping" });
  expect(frames[1]?.hidden?.[0]).toEqual([HEADER_LENGTH + 2, HEADER_LENGTH + 2 + 9]);
});

test("of many packets in one write the first and the last are shown, and the others are counted", () => {
  const sent = Array.from({ length: 500 }, (_, index) => encodeFrame(commands.LOGIN_HEARTBEAT, {}, index + 1));
  const entries = framesOf(Buffer.concat(sent));
  expect(entries.length).toBeLessThan(50);
  expect(entries.at(-1)?.seq).toBe(500);
  expect(entries).toContainEqual(expect.objectContaining({ text: "460 more packets of the same write" }));
});

test("what is not one whole packet is told as what it is", () => {
  const [part] = framesOf(login.subarray(0, 50));
  expect(part?.error).toBe(`the first 50 of ${login.length} bytes of a packet`);
  const large = encodeFrame(commands.MSG_DATA, { msg_data: new Uint8Array(100_000) }, 1);
  expect(framesOf(large)[0]?.error).toBe(`too large to be kept: the first 528 of ${large.length} bytes`);
});
