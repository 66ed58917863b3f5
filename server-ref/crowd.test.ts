import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { commands } from "../codegen/index.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

/** Connections that come together. */
const CROWD = 1500;

/** Most connections that one turn of the event loop may close: a hundred take a few milliseconds. */
const MOST_PER_TURN = 100;

/** How a connection ended, as its client saw it. */
type Ending = "closed in order" | "cut";

/** Says a byte every now and then, as if a packet's length were on its way, for as long as the connection stands. */
function drip(socket: Socket): void {
  const dripping = setInterval(() => socket.write(Uint8Array.of(0)), 1000);
  socket.on("end", () => clearInterval(dripping));
  socket.on("close", () => clearInterval(dripping));
}

/** Opens connections of which every other one says nothing, the rest a byte a second, until the server has taken all of them; how each of them ends. */
async function openCrowd({ tcp: port, server }: TestServer): Promise<Promise<Ending>[]> {
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (let opened = 0; opened < CROWD; opened += 250) {
    const more = Array.from({ length: 250 }, () => connect({ port, host: "127.0.0.1" }));
    sockets.push(...more);
    await Promise.all(more.map((socket) => once(socket, "connect")));
  }
  for (const [index, socket] of sockets.entries()) if (index % 2 === 1) drip(socket);
  const taken = async (): Promise<number> => {
    const metrics = await (await fetch(`http://127.0.0.1:${server.ports.http}/metrics`)).text();
    return Number(/^cupping_connections_open (\d+)$/m.exec(metrics)?.[1]);
  };
  await expect.poll(taken, { timeout: 10_000 }).toBeGreaterThanOrEqual(CROWD);
  return sockets.map(
    (socket) =>
      new Promise((resolve) => {
        let sawEnd = false;
        socket.on("end", () => {
          sawEnd = true;
        });
        socket.on("error", () => {});
        socket.on("close", (hadError) => resolve(sawEnd && !hadError ? "closed in order" : "cut"));
        socket.resume();
      }),
  );
}

/** A server that counts how many connections each turn of its event loop closes. */
async function countingServer(loginTimeoutMs: number): Promise<{ server: TestServer; closedPerTurn: number[] }> {
  const closedPerTurn: number[] = [];
  let turnIsCounted = false;
  const server = await startTestServer({
    loginTimeoutMs,
    mutants: [
      {
        name: "count-hang-ups",
        breaks: [],
        title: "counts the connections that a turn of the event loop closes",
        story: "a measuring instrument, not a fault",
        apply(seams) {
          const { hangUp } = seams.gate;
          seams.gate.hangUp = (socket) => {
            if (!turnIsCounted) {
              turnIsCounted = true;
              closedPerTurn.push(0);
              setImmediate(() => {
                turnIsCounted = false;
              });
            }
            (closedPerTurn[closedPerTurn.length - 1] as number)++;
            hangUp(socket);
          };
        },
      },
    ],
  });
  return { server, closedPerTurn };
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

test("a crowd that never logs in is closed some at a time, while others are served", async () => {
  const { server, closedPerTurn } = await countingServer(5000);
  const { client, self } = await server.user();
  const endings = Promise.all(await openCrowd(server));
  await expect.poll(() => closedPerTurn.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
  let served = 0;
  for (; sum(closedPerTurn) < CROWD; served++) await client.settle(self);
  expect(new Set(await endings)).toEqual(new Set<Ending>(["closed in order"]));
  expect(sum(closedPerTurn)).toBe(CROWD);
  expect(Math.max(...closedPerTurn)).toBeLessThanOrEqual(MOST_PER_TURN);
  expect(served).toBeGreaterThan(closedPerTurn.length / 2);
});

test("a drain closes a crowd in order, some at a time, and cuts nobody while others still go", async () => {
  const { server, closedPerTurn } = await countingServer(60_000);
  const endings = Promise.all(await openCrowd(server));
  // Far less than the whole takes: it counts from the last connection that went.
  await server.server.stop(1000);
  expect(new Set(await endings)).toEqual(new Set<Ending>(["closed in order"]));
  expect(sum(closedPerTurn)).toBe(CROWD);
  expect(Math.max(...closedPerTurn)).toBeLessThanOrEqual(MOST_PER_TURN);
});

test("a drain answers everybody who asked before their connection is closed", async () => {
  const { server } = await countingServer(60_000);
  const users = await Promise.all(Array.from({ length: 40 }, () => server.user()));
  await openCrowd(server);
  for (const { client, self } of users) {
    client.send(commands.MSG_DATA, {
      from_user_id: self,
      to_session_id: 99n,
      client_msg_id: "last words",
      msg_type: 1,
      session_type: 1,
    });
  }
  await users[0]?.client.next(commands.MSG_DATA_ACK);
  await server.server.stop();
  for (const { client } of users.slice(1)) expect((await client.next(commands.MSG_DATA_ACK)).res_code).toBe(1);
});
