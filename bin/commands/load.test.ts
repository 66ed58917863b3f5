import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeServer } from "../../harness/load/testing/fake-server.ts";
import type { LoadResult } from "../../harness/result/index.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-load-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** @param onStderr told all of standard error so far */
function cupping(words: string[], onStderr?: (text: string, interrupt: () => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, ["bin/cupping.js", "load", ...words], {
    env: { ...process.env, CUPPING_PASSWORD: "secret", CI: "true" },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    onStderr?.(stderr, () => child.kill("SIGINT"));
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

const users = ["--users", "template", "--user-template", "cli{n}"];
const short = ["--clients", "10", "--rate", "50", "--ramp", "1s", "--warmup", "0s", "--duration", "2s"];

describe.concurrent("cupping load", () => {
  it("writes a result that is also on standard output, and nothing else there", async () => {
    const server = await FakeServer.start();
    const out = join(folder, "plain");
    const target = `tcp://127.0.0.1:${server.port}`;
    const ended = await cupping([
      "chat",
      "--target",
      target,
      ...users,
      ...short,
      "--out",
      out,
      "--json",
      "--seed",
      "5",
    ]);
    await server.die();
    expect(ended.stderr).toMatch(/^(PASSED|NOT VALID) {2}Load chat/m);
    const result = JSON.parse(ended.stdout) as LoadResult;
    expect(result).toEqual(JSON.parse(readFileSync(join(out, "result.json"), "utf8")));
    expect(result.run.seed).toBe(5);
    expect([0, 5]).toContain(ended.code);
    expect(ended.code === 0).toBe(result.verdict === "pass");
  });

  it("--verbose tells every second", async () => {
    const server = await FakeServer.start();
    const target = `tcp://127.0.0.1:${server.port}`;
    // A busy machine tells some seconds together.
    const longer = short.with(-1, "5s");
    const words = ["chat", "--target", target, ...users, ...longer, "--out", join(folder, "verbose"), "--verbose"];
    const ended = await cupping(words);
    await server.die();
    const traffic = ended.stderr.split("\n").filter((line) => line.includes("sent/s"));
    expect(traffic.length).toBeGreaterThanOrEqual(2);
  });

  it("ends with 1 and an example when a message is lost", async () => {
    const server = await FakeServer.start({ loseEvery: 20 });
    const target = `tcp://127.0.0.1:${server.port}`;
    const ended = await cupping([
      "chat",
      "--target",
      target,
      ...users,
      ...short,
      "--drain",
      "1s",
      "--out",
      join(folder, "lost"),
    ]);
    await server.die();
    expect(ended.code).toBe(1);
    const told = ended.stdout.replaceAll(/\s+/g, " ");
    expect(told).toMatch(/violations? of (the check )?loss/);
    expect(told).toMatch(/Message \d+ of user \d+ \(number \d+\).* never reached this receiver/);
  });

  it("interrupted: drains, writes what was measured as partial, ends with 130", async () => {
    const server = await FakeServer.start();
    const out = join(folder, "interrupted");
    const target = `tcp://127.0.0.1:${server.port}`;
    let hasInterrupted = false;
    const ended = await cupping(
      ["chat", "--target", target, ...users, ...short.slice(0, -1), "60s", "--out", out],
      (text, interrupt) => {
        if (hasInterrupted || !text.includes("sent/s")) return;
        hasInterrupted = true;
        interrupt();
      },
    );
    await server.die();
    expect(ended.code).toBe(130);
    expect((JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as LoadResult).run.partial).toBe(true);
  });

  it("interrupted before anything was measured: no result, no stack trace, ends with 130", async () => {
    const server = await FakeServer.start();
    // Registration of the first account never gets an answer.
    const http = createServer();
    await once(http.listen(0, "127.0.0.1"), "listening");
    const { port } = http.address() as AddressInfo;
    const out = join(folder, "unmeasured");
    const words = ["chat", "--target", `tcp://127.0.0.1:${server.port}`, "--http", `http://127.0.0.1:${port}`];
    const child = spawn(process.execPath, ["bin/cupping.js", "load", ...words, ...short, "--out", out]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const closed = once(child, "close");
    await once(http, "request");
    child.kill("SIGINT");
    const [code] = await closed;
    http.closeAllConnections();
    http.close();
    await server.die();
    expect(stderr).toMatch(/interrupted before anything was measured\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(130);
    expect(existsSync(join(out, "result.json"))).toBe(false);
  });

  it("finds out that nothing can be written before it connects", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const ended = await cupping(["chat", "--target", "tcp://127.0.0.1:1", ...users, "--out", file]);
    expect(ended.stderr).toMatch(/^cupping: could not write into .*file: /);
    expect(ended.code).toBe(4);
  });

  const wrong: [string, string[], number, RegExp][] = [
    ["an unknown scenario", ["chatt"], 2, /no load scenario "chatt"; there are mixed, chat/],
    ["a file that is not there", ["./no-such.ts"], 2, /no-such\.ts does not exist/],
    ["a rate that is none", ["chat", "--rate", "fast"], 2, /--rate "fast" is not a rate/],
    ["a threshold that cannot be read", ["chat", "--threshold", "p99 < 3"], 2, /--threshold "p99 < 3" cannot be read/],
    ["a metric that does not exist", ["chat", "--threshold", "lag: avg<1"], 2, /no metric "lag"/],
    ["a closed model with a rate", ["chat", "--closed", "--rate", "5"], 2, /leave out --rate/],
    [
      "a number of workers that is none",
      ["chat", "--workers", "many"],
      2,
      /--workers takes a whole number from 1 up$/m,
    ],
    [
      "an option given twice",
      ["chat", "--rate", "5", "--rate", "6"],
      2,
      /--rate was given 2 times but takes a single value/,
    ],
    ["a payload without room for the mark", ["chat", "--payload", "10"], 2, /--payload "10"/],
    ["a group of one", ["group", "--group-size", "1"], 2, /--group-size takes a whole number from 2 to 200, but got 1/],
    ["a group above the limit", ["group", "--group-size", "201"], 2, /--group-size .* 2 to 200, but got 201/],
    ["half a message", ["unread", "--burst", "2.5"], 2, /--burst takes a whole number from 1 up, but got 2.5/],
    ["more than all of the users", ["reconnect-storm", "--part", "1.5"], 2, /--part takes a number from 0 to 1/],
    [
      "weights that do nothing",
      ["mixed", "--chat=0", "--group=0", "--read=0", "--sessions=0", "--history=0"],
      2,
      /the weights --chat, --group, --read, --sessions, --history are all 0/,
    ],
    ["one client for a pair", ["chat", "--clients", "1"], 2, /--clients 1: .* it needs at least 2/],
    ["heartbeats without a pause", ["chat", "--heartbeat", "0s"], 2, /--heartbeat must be at least 100ms/],
    ["clients beyond the machine", ["chat", "--clients", "99999999"], 2, /--clients 99999999 would take \d+ GB/],
    ["processes beyond the machine", ["chat", "--workers", "50000"], 2, /--workers 50000 is more than the processors/],
    ["stages that do nothing", ["chat", "--stages", "5s:0,5s:0"], 2, /--stages "5s:0,5s:0" never rises above 0/],
    [
      "a search for the rate where there is none",
      ["chat", "--find-max", "rate", "--closed"],
      2,
      /--find-max rate sets the rate, .*: leave out --closed, or use --find-max clients$/m,
    ],
    [
      "a search along stages",
      ["chat", "--find-max", "clients", "--stages", "5s:5"],
      2,
      /--find-max .* takes no --stages/,
    ],
    ["a port beyond all", ["chat", "--live", "99999"], 2, /^cupping: --live: expected a port .* got "99999"\n$/],
    ["results without a name", ["chat", "--out", ""], 2, /--out needs the name of a folder, but got an empty text/],
    ["half a seed", ["chat", "--seed", "1.5"], 2, /--seed takes a whole number/],
    [
      "more logins at a time than users",
      ["login", "--clients", "10", "--rate", "20/s", "--stay", "5"],
      2,
      /--rate 20 with --stay 5 keeps 100 users logged in at a time, and there are 10/,
    ],
    ["a rate above the ceiling", ["chat", "--rate", "200000"], 2, /above the ceiling/],
    ["nobody there", ["chat", "--target", "tcp://127.0.0.1:1", ...users], 3, /cannot be reached/],
    ["a password that is not in a file", ["chat", "--user-password", "pw-7"], 2, /--user-password takes @FILE/],
    ["somebody else's server", ["chat", "--target", "tcp://8.8.8.8:8000", ...users], 2, /--i-own-this-target/],
  ];
  it.each(wrong)("refuses %s with one sentence", async (_, words, code, message) => {
    const ended = await cupping(words);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ended.code).toBe(code);
  });
});

it("cupping load http writes result and reports as the other loads do", async () => {
  const out = join(folder, "http");
  const words = ["--rate", "20", "--connections", "2", "--ramp", "0s", "--duration", "1s", "--report", "html,junit"];
  const { stdout } = await cupping(["http", "--target", "ref", ...words, "--out", out]);
  for (const file of ["result.json", "report.html", "junit.xml"]) {
    expect(existsSync(join(out, file))).toBe(true);
    expect(stdout).toContain(join(out, file));
  }
  const { checks } = JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as LoadResult;
  expect(checks["answers"]).toMatchObject({ checked: expect.any(Number), violations: 0 });
});
