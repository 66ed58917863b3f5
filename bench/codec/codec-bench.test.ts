import { expect, test } from "vitest";
import { HEADER_LENGTH, hexOf } from "../../codegen/index.ts";
import { type Fixture, fixtures } from "./fixtures.ts";
import { measure } from "./measure.ts";
import { loadPeers } from "./peers/index.ts";
import { judge, type Row, table } from "./table.ts";

const peers = await loadPeers();

test("six libraries are compared, ours first", () => {
  expect(peers.map(({ name }) => name)).toEqual([
    "cupping",
    "ts-proto",
    "protobuf-es",
    "protobufjs static",
    "protobufjs reflection",
    "google-protobuf",
  ]);
});

test("the seed fixes the packets", () => {
  const bytes = (seed: number): string[] =>
    fixtures(seed).map(({ command, message }) => hexOf(command.body.encode(message as never)));
  expect(bytes(1)).toEqual(bytes(1));
  expect(bytes(1)).not.toEqual(bytes(2));
});

test("the chat message has the 137 bytes at which the libraries were first compared", () => {
  const chat = fixtures(1).find(({ name }) => name === "chat message") as Fixture;
  expect(chat.command.body.encode(chat.message as never)).toHaveLength(137);
});

test.each(fixtures(3).map((fixture) => [fixture.name, fixture] as const))(
  "every library writes the %s in the same bytes and reads it",
  (_name, fixture) => {
    const frames = peers.map((peer) => hexOf(peer.prepare(fixture).encode()));
    expect(new Set(frames).size).toBe(1);
    const body = Uint8Array.from(Buffer.from(frames[0] as string, "hex")).slice(HEADER_LENGTH);
    for (const peer of peers) expect(peer.prepare(fixture).decode(body)).toBeTypeOf("object");
  },
);

test("a measurement gives every subject its median and its spread", () => {
  let calls = 0;
  const timings = measure([{ peer: "a", run: () => ++calls }], { rounds: 5, turnMs: 0.1 });
  expect(calls).toBeGreaterThan(5);
  expect(timings).toHaveLength(1);
  const [low, high] = timings[0]?.quartiles ?? [Number.NaN, Number.NaN];
  expect(low).toBeLessThanOrEqual(timings[0]?.median ?? Number.NaN);
  expect(high).toBeGreaterThanOrEqual(timings[0]?.median ?? Number.NaN);
});

function row(direction: Row["direction"], fixture: string, ours: number, others: Record<string, number>): Row {
  const timings = Object.entries({ cupping: ours, ...others }).map(([peer, median]) => ({
    peer,
    median,
    quartiles: [median, median] as [number, number],
  }));
  return { direction, fixture, bodyBytes: 10, timings };
}

test("the bar is met only by the fastest codec that is five times stock ts-proto", () => {
  const met = judge([row("encode", "chat message", 100, { "ts-proto": 500, other: 101 })]);
  expect(met.every(({ ok }) => ok)).toBe(true);
  expect(judge([row("encode", "chat message", 100, { "ts-proto": 499 })]).map(({ ok }) => ok)).toEqual([true, false]);
  const slower = judge([row("decode", "acknowledgement", 100, { other: 99 })]);
  expect(slower).toEqual([{ ok: false, sentence: "decode acknowledgement: ours is the fastest (other is)" }]);
});

test("the table shows medians and how many times as long as ours each takes", () => {
  expect(table([row("encode", "login", 100, { other: 250 })]).split("\n")).toEqual([
    "ns per operation  body bytes  cupping       other",
    "encode login              10      100  250 (2.5x)",
  ]);
});
