import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commands, encodeFrame } from "../../codegen/index.ts";
import { CimClient, RawConnection, type TraceEvent } from "./index.ts";
import { type Peer, startScriptedServer } from "./testing/scripted-server.ts";

const heartbeat = encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7);
const message = (text: string): Uint8Array => encodeFrame(commands.MSG_DATA, { msg_data: Buffer.from(text) }, 9);
const first = (peers: Peer[]): Peer => peers[0] as Peer;

describe.each(["tcp", "ws"] as const)("over %s", (transport) => {
  test("frames that come in any pieces come out whole", async () => {
    await using server = await startScriptedServer(() => {});
    using raw = await RawConnection.open(server[transport]);
    await raw.send(heartbeat);
    await expect.poll(() => server.peers[0]?.received.length).toBe(1);
    const peer = first(server.peers);
    const frames = [message("one"), heartbeat, message("two".repeat(400))];
    const stream = Buffer.concat(frames);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(stream.length), { maxLength: 8 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), stream.length];
        ends.forEach((end, i) => {
          const piece = stream.subarray(ends[i - 1] ?? 0, end);
          if (piece.length > 0) peer.sendBytes(piece);
        });
        for (const frame of frames) expect(Buffer.from((await raw.nextFrame()).bytes)).toEqual(Buffer.from(frame));
      }),
      { numRuns: 50 },
    );
  });

  test("bytes sent in pieces arrive as one frame", async () => {
    await using server = await startScriptedServer((frame, peer) => peer.sendBytes(frame.bytes));
    using raw = await RawConnection.open(server[transport]);
    await raw.sendPieces(message("hello"), [1, 4, 16, 20]);
    expect(Buffer.from((await raw.nextFrame()).bytes)).toEqual(Buffer.from(message("hello")));
  });

  test("a server that closes in order is told from one that resets", async () => {
    await using server = await startScriptedServer((_, peer) => peer.socket.end());
    using orderly = await RawConnection.open(server[transport]);
    await orderly.send(heartbeat);
    expect((await orderly.waitForClose()).how).toBe("fin");
    server.script = (_, peer) => peer.socket.resetAndDestroy?.();
    using reset = await RawConnection.open(server[transport]);
    await reset.send(heartbeat);
    expect((await reset.waitForClose()).how).toBe("rst");
  });

  test("a wait ends when the connection does, with how it did", async () => {
    await using server = await startScriptedServer((_, peer) => peer.socket.end());
    using raw = await RawConnection.open(server[transport]);
    const wait = raw.nextFrame();
    await raw.send(heartbeat);
    await expect(wait).rejects.toMatchObject({ code: "closed", reason: { how: "fin" } });
  });

  test("a length that cannot be cut ends the connection with the codec's error", async () => {
    await using server = await startScriptedServer((_, peer) => peer.sendBytes(Buffer.alloc(16)));
    using raw = await RawConnection.open(server[transport]);
    await raw.send(heartbeat);
    const reason = await raw.waitForClose();
    expect(reason).toMatchObject({ how: "error", error: { code: "length-too-short" } });
  });

  test("a paused connection takes nothing until it is resumed", async () => {
    await using server = await startScriptedServer((frame, peer) => peer.sendBytes(frame.bytes));
    using raw = await RawConnection.open(server[transport]);
    raw.pause();
    await raw.send(heartbeat);
    await expect(raw.nextFrame({ deadlineMs: 50 })).rejects.toMatchObject({ code: "deadline" });
    raw.resume();
    await raw.nextFrame();
  });
});

test("after a half-close the answer still comes", async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.resume().on("end", () => socket.end(heartbeat));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  using raw = await RawConnection.open(`tcp://127.0.0.1:${port}`);
  raw.endWriting();
  expect((await raw.nextFrame()).header.seq_num).toBe(7);
  expect((await raw.waitForClose()).how).toBe("fin");
  server.close();
});

test("a reset reaches the server as a reset", async () => {
  await using server = await startScriptedServer((_, peer) => {
    peer.socket.on("error", (error: NodeJS.ErrnoException) => errors.push(error.code));
  });
  const errors: unknown[] = [];
  const raw = await RawConnection.open(server.tcp);
  await raw.send(heartbeat);
  await expect.poll(() => server.peers[0]?.received.length).toBe(1);
  raw.reset();
  await expect.poll(() => errors).toEqual(["ECONNRESET"]);
});

test("frames that do not suit are passed over and stay in the record", async () => {
  await using server = await startScriptedServer((_, peer) => {
    for (const text of ["a", "b", "c"]) peer.sendBytes(message(text));
  });
  using raw = await RawConnection.open(server.tcp);
  await raw.send(heartbeat);
  const found = await raw.waitForFrame(({ body }) => Buffer.from(body).includes("b"));
  expect(Buffer.from(found.bytes)).toEqual(Buffer.from(message("b")));
  expect(Buffer.from((await raw.nextFrame()).bytes)).toEqual(Buffer.from(message("c")));
  expect(raw.received).toHaveLength(3);
});

test("the trace shows every frame, both ways, and how the connection ended", async () => {
  const events: TraceEvent[] = [];
  await using server = await startScriptedServer((frame, peer) => peer.sendBytes(frame.bytes));
  using raw = await RawConnection.open(server.tcp, { label: "probe", trace: (event) => events.push(event) });
  raw.sendFrame(commands.LOGIN_HEARTBEAT, {}, 7);
  await raw.nextFrame();
  await raw.send(heartbeat.subarray(0, 3));
  first(server.peers).socket.end();
  await raw.waitForClose();
  expect(events.map(({ direction }) => direction)).toEqual(["note", "out", "in", "raw-out", "note"]);
  expect(events[2]).toMatchObject({ connection: "probe", bytes: heartbeat });
  expect(events[4]?.note).toBe("closed by the server (FIN)");
  expect(events.every(({ at }, i) => at >= (events[i - 1]?.at ?? 0))).toBe(true);
});

test("a WebSocket text message is kept apart by a raw connection and refused by a client", async () => {
  await using server = await startScriptedServer((_, peer) => peer.sendText("hello"));
  using raw = await RawConnection.open(server.ws);
  await raw.send(heartbeat);
  expect(await raw.waitForText()).toBe("hello");
  expect(raw.received).toEqual([]);
  using client = await CimClient.connect(server.ws, { heartbeatMs: false });
  const request = client.request(commands.LOGIN_HEARTBEAT, {});
  await expect(request).rejects.toMatchObject({ code: "closed", reason: { how: "error" } });
  await expect(request).rejects.toThrow("text message");
});

test("a refused and an endless connection attempt end with a connect error", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  for (const scheme of ["ws", "tls"]) {
    const attempt = RawConnection.open(`${scheme}://127.0.0.1:${port}`, { connectDeadlineMs: 50 });
    await expect(attempt).rejects.toMatchObject({ code: "connect-failed" });
    const aborted = RawConnection.open(`${scheme}://127.0.0.1:${port}`, { signal: AbortSignal.timeout(20) });
    await expect(aborted).rejects.toMatchObject({ code: "aborted" });
  }
  server.close();
  for (const scheme of ["tcp", "ws"]) {
    const attempt = RawConnection.open(`${scheme}://127.0.0.1:${port}`);
    await expect(attempt).rejects.toThrow(/cannot connect to .*ECONNREFUSED/);
  }
});

test("a process that resets a connection it had begun to close still ends", async () => {
  const index = JSON.stringify(join(import.meta.dirname, "index.ts"));
  const program = `import { createServer } from "node:net";
    const { RawConnection } = await import(${index});
    const server = createServer((socket) => socket.pause().on("error", () => {})).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const raw = await RawConnection.open("tcp://127.0.0.1:" + server.address().port);
    void raw.send(Buffer.alloc(16));
    raw.close();
    raw.reset();
    server.close();
    server.unref();
    console.log("done");`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    timeout: 20_000,
  });
  expect(stdout).toBe("done\n");
});
