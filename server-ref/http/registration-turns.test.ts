import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { startTestServer } from "../testing/test-server.ts";
import { registrationTurns } from "./registration-turns.ts";

const PASSWORD = "e10adc3949ba59abbe56e057f20f883e";
/** Dear enough that many registrations at once are seen in front of a login. */
const PASSWORD_COST = 14;

/** Registers from an address of this machine. @returns the answer's code */
function registerFrom(localAddress: string, port: number, userName: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const options = { port, host: "127.0.0.1", localAddress, path: "/user/register", method: "POST", headers };
    const sent = request(options, async (response) => resolve(JSON.parse(await text(response)).error_code));
    sent.on("error", reject);
    sent.end(JSON.stringify({ userName, userNickName: "Nick", userPwd: PASSWORD }));
  });
}

test("a login and a registration from elsewhere do not wait for those that one address sends at once", async () => {
  const server = await startTestServer({ passwordCost: PASSWORD_COST, registrationsAtOnce: 2 });
  const name = await server.register();
  const client = await server.connect();
  let done = 0;
  const crowd = Array.from({ length: 60 }, async (_, index) => {
    const code = await registerFrom("127.0.0.1", server.server.ports.http, `crowd${index}`);
    done++;
    return code;
  });
  await expect.poll(() => done, { timeout: 10_000, interval: 1 }).toBeGreaterThan(0);
  const answer = await client.request(commands.LOGIN_AUTH_REQ, { user_name: name, user_pwd: PASSWORD });
  expect(answer.result_code).toBe(200);
  expect(await registerFrom("127.0.0.2", server.server.ports.http, "elsewhere")).toBe(200);
  expect(done).toBeLessThan(40);
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([200]));
});

test("takes turns in order, each address for itself, also behind work that fails", async () => {
  const turns = registrationTurns(1);
  const order: string[] = [];
  let fail: (error: Error) => void = () => {};
  const first = turns("here", () => new Promise((_resolve, reject) => (fail = reject)));
  const others = ["second", "third"].map((name) => turns("here", async () => order.push(name)));
  await turns("there", async () => order.push("there"));
  expect(order).toEqual(["there"]);
  fail(new Error("no disk"));
  await expect(first).rejects.toThrow("no disk");
  await Promise.all(others);
  expect(order).toEqual(["there", "second", "third"]);
});

test("refuses when a thousand of one address wait, and takes any number when it is lifted", async () => {
  const turns = registrationTurns(1);
  let end: (value: string) => void = () => {};
  const first = turns("here", () => new Promise<string>((resolve) => (end = resolve)));
  const waiting = Array.from({ length: 1_000 }, () => turns("here", async () => "done"));
  expect(await turns("here", async () => "done")).toBeUndefined();
  end("first");
  expect(await first).toBe("first");
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(["done"]));
  const lifted = registrationTurns(0);
  const never = lifted("here", () => new Promise(() => {}));
  expect(await Promise.race([never, lifted("here", async () => "at once")])).toBe("at once");
});
