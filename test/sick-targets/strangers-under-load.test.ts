// What a load and faults say of a stranger before the flood: the sentences of the suite.
import { expect, test } from "vitest";
import type { LoadResult } from "../../harness/result/index.ts";
import {
  answersInHtml,
  closesAtOnce,
  healthy,
  littleEndian,
  logsNobodyIn,
  namedAsWebSocket,
  overWebSocket,
  type SickTarget,
  saysNothing,
  speaksHttp,
  speaksTls,
} from "./index.ts";
import { runAgainst } from "./run.ts";

const idle = ["load", "idle", "--clients", "4", "--duration", "1s"];
const latency = ["faults", "--only", "latency", "--pairs", "1"];

const strangers: [SickTarget, RegExp][] = [
  [closesAtOnce, /^cupping: tcp:\S+ closes every connection at once$/m],
  [speaksHttp, /not a server of this protocol: it speaks HTTP: .*"HTTP\/1\.1 400 Bad Request"/],
  [answersInHtml, /not a server of this protocol: it speaks HTTP: "HTTP\/1\.0 200 OK"/],
  [speaksTls, /not a server of this protocol: it speaks TLS; give --target tls:\/\/127\.0\.0\.1:\d+/],
  [saysNothing, /accepts connections, but says nothing when somebody logs in; first mend LOGIN-01, nothing else/],
  [littleEndian, /speaks the protocol with a little-endian header.*; first mend CONN-02, nothing else/],
  [logsNobodyIn, /nobody can log in: .*result_code 6.*; first mend LOGIN-01, nothing else/],
];

const overWeb: [SickTarget, RegExp][] = [
  [namedAsWebSocket(closesAtOnce), /ws:\S+ closes every connection at once/],
  [
    namedAsWebSocket(speaksHttp),
    /not a server of this protocol: it speaks HTTP, and answers the handshake of WebSocket/,
  ],
  [namedAsWebSocket(speaksTls), /not a server of this protocol: it speaks TLS; give --target wss:\/\/127\.0\.0\.1:\d+/],
  [namedAsWebSocket(saysNothing), /accepts connections, but says nothing when somebody logs in/],
  [
    namedAsWebSocket(healthy),
    /it does not accept a WebSocket handshake; give --target tcp:\/\/127\.0\.0\.1:\d+ if that is meant/,
  ],
  [overWebSocket(saysNothing), /accepts connections, but says nothing when somebody logs in; first mend LOGIN-01/],
  [overWebSocket(littleEndian), /speaks the protocol with a little-endian header.*; first mend CONN-02/],
  [overWebSocket(logsNobodyIn), /nobody can log in: .*result_code 6.*; first mend LOGIN-01/],
  [
    overWebSocket(healthy, true),
    /answers in text messages; every packet is a binary WebSocket message; first mend CONN-02/,
  ],
];

test.concurrent.each([...strangers, ...overWeb])(
  "$name is no target of a load",
  { timeout: 120_000 },
  async (stranger, sentence) => {
    const { code, err, result } = await runAgainst<LoadResult>(stranger, ...idle);
    expect(err).toMatch(sentence);
    expect(code).toBe(3);
    expect(result).toBeUndefined();
  },
);

test.concurrent.each([strangers.at(-1), overWeb.at(-1)] as typeof strangers)(
  "$name is no target of faults",
  { timeout: 120_000 },
  async (stranger, sentence) => {
    const { code, err } = await runAgainst(stranger, ...latency);
    expect(err).toMatch(sentence);
    expect(code).toBe(3);
  },
);
