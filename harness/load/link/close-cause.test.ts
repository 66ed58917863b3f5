import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { healthyFacts as facts } from "../testing/verdict-facts.ts";
import { judge } from "../verdict.ts";
import { causeOf } from "./close-cause.ts";

it.each([
  ["ECONNREFUSED", "refused"],
  ["ECONNRESET", "reset"],
  ["EPIPE", "reset"],
  ["ETIMEDOUT", "timeout"],
  ["EHOSTUNREACH", "unreachable"],
  ["EADDRNOTAVAIL", "out of ports"],
  ["EMFILE", "out of descriptors"],
  ["ENOTFOUND", "name not found"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls failed"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls failed"],
  ["EWHATEVER", "other"],
])("%s is told as %s", (code, cause) => {
  expect(causeOf(Object.assign(new Error(), { code }))).toBe(cause);
});

it("a process without descriptors left says so of the connections that it cannot make", async () => {
  const server = createServer((socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const script = `
    const { Link } = await import(${JSON.stringify(new URL("./link.ts", import.meta.url).href)});
    const causes = {};
    let settled = 0;
    const settle = () => {
      if (++settled < 100) return;
      console.log(JSON.stringify(causes));
      process.exit();
    };
    const owner = {
      linkOpened: settle,
      linkBytes() {},
      linkClosed(cause) { causes[cause] = (causes[cause] ?? 0) + 1; settle(); },
    };
    for (let n = 0; n < 100; n++) new Link(owner, { scheme: "tcp", host: "127.0.0.1", port: ${port}, path: "/" });
  `;
  const command = `ulimit -n 80; exec "$0" --input-type=module -e "$1"`;
  // Synchronous, so the connections stay in the backlog: accepting them would use this process's own descriptors.
  const output = execFileSync("bash", ["-c", command, process.execPath, script], { encoding: "utf8" });
  await new Promise((resolve) => server.close(resolve));
  const causes = JSON.parse(output) as Record<string, number>;
  expect(Object.keys(causes)).toEqual(["out of descriptors"]);
  expect(causes["out of descriptors"]).toBeGreaterThan(20);
});

it.each(["out of ports", "out of descriptors"])("%s is the generator's fault: the run is not valid", (cause) => {
  const { verdict, reasons } = judge({ ...facts, notReached: { [cause]: 7 } });
  expect(verdict).toBe("invalid");
  expect(reasons).toEqual([`7 of 100 clients could not be brought up because this machine ran ${cause}`]);
});

it.each(["refused", "reset", "timeout", "login: timeout"])("%s is the target's: the run fails", (cause) => {
  const { verdict, reasons } = judge({ ...facts, notReached: { [cause]: 7 } });
  expect(verdict).toBe("fail");
  expect(reasons).toEqual([`7 of 100 clients could not be brought up: ${cause}`]);
});

it.each([
  [{ notReached: { "login: timeout": 7 } }, "7 of 100 clients could not be brought up: login: timeout"],
  [{ errors: { "LIST_MSG_REQ unanswered": 3 } }, "3 errors: LIST_MSG_REQ unanswered"],
  [{ notReached: { timeout: 7 } }, "7 of 100 clients could not be brought up: timeout"],
  [{ notReached: { refused: 7 } }, "7 of 100 clients could not be brought up: refused"],
  [{ notReached: { "login refused with 2": 7 } }, "7 of 100 clients could not be brought up: login refused with 2"],
  [{ errors: { "login: reset": 7 } }, "7 errors: login: reset"],
])("what the target alone can have done is told before any word on the generator: %o", (found, sentence) => {
  const { verdict, reasons } = judge({ ...facts, ...found, saturation: ["the generator was late"] });
  expect(verdict).toBe("fail");
  expect(reasons).toEqual([sentence, "the generator was late"]);
});

it("users that wait in vain for a login are not too few: the options are not blamed", () => {
  const errors = { "login: timeout": 3, "no user free": 9 };
  const { verdict, reasons } = judge({ ...facts, errors });
  expect(verdict).toBe("fail");
  expect(reasons).toEqual([
    "3 errors: login: timeout",
    "9 arrivals found no user free: users waited in vain for what was not answered",
  ]);
});

it("packets that this machine's own table of connections dropped are not held against the target", () => {
  const { verdict, reasons } = judge({ ...facts, notReached: { timeout: 7 }, connectionTable: ["the table is full"] });
  expect(verdict).toBe("invalid");
  expect(reasons[0]).toBe("the table is full");
});

it("logins that this machine could not try are its own doing", () => {
  const { verdict, reasons } = judge({ ...facts, errors: { "out of ports": 7 } });
  expect(verdict).toBe("invalid");
  expect(reasons).toEqual(["7 logins could not be tried because this machine ran out of ports"]);
});

it.each([
  { errors: { "LIST_MSG_REQ unanswered": 3 } },
  { errors: { "login: closed by target": 3 } },
  { notReached: { "login: timeout": 7 } },
  { lost: { "closed by target": 7 } },
  { targetGone: "the target went away" },
])("what a target did while the generator stood still is not held against it: %o", (found) => {
  const still = { saturation: ["the generator stood still"], stoodStill: true };
  const { verdict, reasons } = judge({ ...facts, ...found, ...still });
  expect(verdict).toBe("invalid");
  expect(reasons).toEqual(["the generator stood still", expect.any(String)]);
});

it("a wrong answer is wrong, also when the generator stood still", () => {
  const still = { saturation: ["the generator stood still"], stoodStill: true };
  const { verdict } = judge({ ...facts, ...still, violations: { order: 1 } });
  expect(verdict).toBe("fail");
});
