import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startReferenceServer, type Target } from "../../harness/targets/index.ts";
import { run } from "../endings/command.ts";

let server: Target;
beforeAll(async () => {
  server = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
});
afterAll(() => server.stop());

/** A port where nobody listens yet, and what lets the server be there. */
async function laterPort(): Promise<{ port: number; listen: () => void; stop: () => void }> {
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const late: Server = createServer((client) => {
    const upstream = connect(server.address.port, server.address.host);
    client.pipe(upstream).pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      socket.on("error", () => {}).on("close", () => other.destroy());
  });
  return { port, listen: () => void late.listen(port, "127.0.0.1"), stop: () => void late.close() };
}

const commands = [
  ["conformance", ["conformance", "--only", "MSG-01"]],
  ["load", ["load", "chat", "--clients", "4", "--duration", "2s", "--rate", "5/s"]],
  ["faults", ["faults", "--only", "latency"]],
] as const;

describe.each(commands)("%s", (_name, words) => {
  test("waits for a server that comes in time", async () => {
    const { port, listen, stop } = await laterPort();
    const given = ["--target", `tcp://127.0.0.1:${port}`, "--http", server.http as string, "--wait", "60s"];
    const at = new RegExp(`waiting up to 60s for tcp://127.0.0.1:${port}`);
    const { code, said } = await run([...words, ...given], { at, act: listen });
    stop();
    // A busy machine may make a load invalid.
    expect({ code: code === 5 ? 0 : code, said }).toEqual({ code: 0, said: expect.stringMatching(at) });
  }, 90_000);

  test("says who is not there when the time is over", async () => {
    const { port } = await laterPort();
    const given = ["--target", `tcp://127.0.0.1:${port}`, "--http", server.http as string, "--wait", "1s"];
    const { code, said, result } = await run([...words, ...given]);
    expect({ code, said, result }).toEqual({
      code: 3,
      said: expect.stringContaining(`nobody listens at tcp://127.0.0.1:${port}`),
      result: undefined,
    });
  }, 60_000);
});

test.each([
  ["a time that is none", ["--target", "tcp://127.0.0.1:9", "--wait", "soon"], '--wait: "soon" is not a duration'],
  ["a server that the command starts", ["--wait", "5s"], "--wait is about a server that runs already"],
])("%s is told at once", async (_what, words, expected) => {
  const { code, said } = await run(["conformance", ...words]);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(expected) });
});
