import { lookup } from "node:dns/promises";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startReferenceServer, type Target } from "../../harness/targets/index.ts";
import { run } from "../endings/command.ts";

let server: Target;

beforeAll(async () => {
  server = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
}, 60_000);

afterAll(() => server.stop());

/** Another address of the server; undefined where this machine has none of the kind. */
async function listen(host: string, port: number): Promise<Server | undefined> {
  const relay = createServer((client) => {
    const behind = connect(server.addresses.tcp?.port as number, "127.0.0.1");
    client.pipe(behind).pipe(client);
    client.on("error", () => behind.destroy());
    behind.on("error", () => client.destroy());
  });
  const listens = await new Promise<boolean>((resolve) => {
    relay.once("error", () => resolve(false));
    relay.listen(port, host, () => resolve(true));
  });
  if (!listens) return undefined;
  onTestFinished(() => {
    relay.close();
  });
  return relay;
}

const traffic = ["--clients", "6", "--rate", "10", "--duration", "2s"];
const load = async (port: number, ...more: string[]): Promise<string[] | undefined> => {
  const target = ["--target", `tcp://localhost:${port}`, "--http", server.http as string];
  const { code, said, result } = await run(["load", "chat", ...traffic, ...target, ...more]);
  // A busy machine may make a load invalid; what failed is the target's.
  expect([0, 5], said).toContain(code);
  return result?.target.addresses;
};

test("clients go to the address of a name that listens, and the result says which", async () => {
  const only = await listen("127.0.0.1", 0);
  expect(await load(((only as Server).address() as AddressInfo).port)).toEqual(["127.0.0.1"]);
}, 60_000);

test("clients are spread over all addresses of a name when asked to", async (context) => {
  const found = (await lookup("localhost", { all: true })).map(({ address }) => address);
  context.skip(found.length === 1, "localhost has one address on this machine");
  const { port } = ((await listen("127.0.0.1", 0)) as Server).address() as AddressInfo;
  context.skip((await listen("::1", port)) === undefined, "this machine has no IPv6");
  expect((await load(port, "--spread-addresses"))?.sort()).toEqual(["127.0.0.1", "::1"]);
  expect(await load(port)).toHaveLength(1);
}, 90_000);

test("--spread-addresses without a name to spread over is refused", async () => {
  for (const target of ["tcp://127.0.0.1:1", "ref"]) {
    const { code, said } = await run(["load", "chat", "--target", target, "--spread-addresses"]);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining("--spread-addresses") });
  }
}, 30_000);
