import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { CIMErrorCode, commands, encodeFrame, HEADER_LENGTH } from "../../codegen/index.ts";
import type { RunningSickTarget, SickTarget } from "./sick-target.ts";

function pem(kind: "key" | "cert"): Buffer {
  return readFileSync(join(import.meta.dirname, `../../harness/client/testing/localhost.${kind}.pem`));
}

/** Starts a plain server that is not one of this protocol, beside an HTTP API that says yes to everything. */
async function startStranger(server: Server): Promise<RunningSickTarget> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  const api = createHttpServer((request, response) => {
    request.resume().once("end", () => {
      response.setHeader("content-type", "application/json; charset=utf-8");
      response.end(JSON.stringify({ error_code: 200, error_msg: "success" }));
    });
  });
  const [port, apiPort] = [await listen(server), await listen(api)];
  return {
    target: `tcp://127.0.0.1:${port}`,
    http: `http://127.0.0.1:${apiPort}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      api.closeAllConnections();
      await Promise.all([server, api].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

export const closesAtOnce: SickTarget = {
  name: "closes-at-once",
  title: "closes every connection at once",
  start: () => startStranger(createServer((socket) => socket.end())),
};

export const saysNothing: SickTarget = {
  name: "says-nothing",
  title: "takes connections and never says anything",
  start: () => startStranger(createServer((socket) => socket.resume())),
};

export const speaksHttp: SickTarget = {
  name: "speaks-http",
  title: "speaks HTTP",
  start: () => startStranger(createHttpServer((_, response) => response.end("hello"))),
};

/** As web servers do that take what they cannot read for the first version of HTTP, which has no status line. */
export const answersInHtml: SickTarget = {
  name: "answers-in-html",
  title: "answers a login with a page, and HTTP with HTTP",
  start: () =>
    startStranger(
      createServer((socket) => {
        socket.on("data", (chunk: Buffer) => {
          const isHttp = chunk.toString("latin1").startsWith("GET ");
          socket.end(`${isHttp ? "HTTP/1.0 200 OK\r\n\r\n" : ""}<!DOCTYPE HTML>\n<p>Bad request syntax</p>\n`);
        });
      }),
    ),
};

export const greetsInText: SickTarget = {
  name: "greets-in-text",
  title: "greets in text, as SSH and mail do",
  start: () => startStranger(createServer((socket) => socket.resume().write("SSH-2.0-OpenSSH_9.2\r\n"))),
};

export const speaksTls: SickTarget = {
  name: "speaks-tls",
  title: "speaks TLS",
  start: () => startStranger(createTlsServer({ key: pem("key"), cert: pem("cert") })),
};

/** Reads and writes headers with the lowest byte first. */
export const littleEndian: SickTarget = {
  name: "little-endian",
  title: "reads and writes its header in little-endian",
  start: () =>
    startStranger(
      createServer((socket) => {
        let held: Buffer = Buffer.alloc(0);
        socket.on("data", (chunk: Buffer) => {
          held = Buffer.concat([held, chunk]);
          while (held.length >= HEADER_LENGTH && held.length >= held.readUInt32LE(0)) {
            const [length, command, seq] = [held.readUInt32LE(0), held.readUInt16LE(10), held.readUInt16LE(12)];
            if (length < HEADER_LENGTH) return;
            held = held.subarray(length);
            if (command === commands.LOGIN_AUTH_REQ.id) socket.write(swapHeader(loginAnswer(seq)));
          }
        });
      }),
    ),
};

/** Converts the length of its header for the wire, and forgets the fields of 16 bits. */
export const halfLittleEndian: SickTarget = {
  name: "half-little-endian",
  title: "writes the fields of 16 bits of its header in little-endian",
  start: () =>
    startStranger(
      createServer((socket) => {
        socket.on("data", (chunk: Buffer) => {
          if (chunk.length < HEADER_LENGTH) return;
          const answer = swapHeader(loginAnswer(chunk.readUInt16BE(12)));
          answer.subarray(0, 4).reverse();
          socket.write(answer);
        });
      }),
    ),
};

/** Logs nobody in: every login is answered with an error. */
export const logsNobodyIn: SickTarget = {
  name: "logs-nobody-in",
  title: "answers every login with an error",
  start: () =>
    startStranger(
      createServer((socket) => {
        socket.on("data", (chunk: Buffer) => {
          if (chunk.length < HEADER_LENGTH) return;
          const refusal = { result_code: 6, result_string: "no", server_time: 1 };
          const isToken = chunk.readUInt16BE(10) === commands.LOGIN_AUTH_TOKEN_REQ.id;
          const answer = isToken ? commands.LOGIN_AUTH_TOKEN_RSP : commands.LOGIN_AUTH_RSP;
          socket.write(encodeFrame(answer, refusal, chunk.readUInt16BE(12)));
        });
      }),
    ),
};

function loginAnswer(seq: number): Uint8Array {
  const answer = { result_code: CIMErrorCode.kCIM_ERR_SUCCESS, server_time: 1, user_info: { user_id: 5n } };
  return encodeFrame(commands.LOGIN_AUTH_RSP, answer, seq);
}

function swapHeader(frame: Uint8Array): Buffer {
  const bytes = Buffer.from(frame);
  bytes.subarray(0, 4).reverse();
  for (let at = 4; at < HEADER_LENGTH; at += 2) bytes.subarray(at, at + 2).reverse();
  return bytes;
}
