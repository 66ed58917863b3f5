import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { commands, encodeFrame, Framer } from "../../codegen/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseContext } from "./case-context.ts";
import { EMPTY_LIST } from "./case-list.ts";
import type { SuiteGuard } from "./guard.ts";
import type { Peer } from "./peer.ts";
import { runSuite } from "./run-suite.ts";
import type { SuiteResult } from "./suite.ts";
import { caseOf } from "./testing/case-of.ts";
import { onlyAlice, surroundingsOf } from "./testing/surroundings-of.ts";

const sockets = new Set<Socket>();
let server: Server | undefined;
afterEach(() => {
  endAll();
  server?.close();
});

/** As a crash does: a supervisor starts the server again at once. */
function endAll(): void {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
}

/** Lets everybody in and answers fences. @param onReceipt is told each receipt for a message, which nothing answers */
async function serve(onReceipt: (socket: Socket) => void): Promise<number> {
  const listening = createServer((socket) => {
    sockets.add(socket);
    const framer = new Framer();
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        const { command_id, seq_num } = frame.header;
        if (command_id === commands.MSG_READ_ACK.id) return onReceipt(socket);
        if (command_id === commands.LOGIN_AUTH_REQ.id) {
          const answer = { result_code: 200, server_time: 1, user_info: { user_id: 5n } } as const;
          socket.write(encodeFrame(commands.LOGIN_AUTH_RSP, answer, seq_num));
        }
        if (command_id === commands.LOGIN_HEARTBEAT.id) socket.write(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1));
        if (command_id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id)
          socket.write(encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_RSP, { user_id: 5n }, seq_num));
      }
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return (listening.address() as { port: number }).port;
}

const ruleOf = (id: string): SuiteGuard["crash"] => ({ id, text: "MUST", level: "must" });
const guard: SuiteGuard = {
  firstMend: { register: "HTTP-01", "log in": "LOGIN-01", header: "CONN-02" },
  packets: ruleOf("CONN-02"),
  unmixed: ruleOf("CONN-19"),
  logins: ruleOf("LOGIN-01"),
  quiet: ruleOf("PUSH-06"),
  answered: ruleOf("HB-01"),
  answers: {},
  lasting: ruleOf("CONN-22"),
  crash: ruleOf("CONN-17"),
  crowd: ruleOf("SYS-02"),
};

function run(port: number, cases: ConformanceCase[], jobs = 2): Promise<SuiteResult> {
  const accounts = { ...onlyAlice, registers: true, size: Number.POSITIVE_INFINITY };
  return runSuite({
    cases,
    around: surroundingsOf(port, { timeoutScale: 0.1, accounts }),
    claims: new Set(),
    jobs,
    failLevel: "must",
    knownFailing: EMPTY_LIST,
    knownFlaky: EMPTY_LIST,
    allowIncomplete: false,
    keepAllTraces: false,
    guard,
    repeat: (id) => `repeat ${id}`,
    signal: new AbortController().signal,
    progress: {},
  });
}

function sendReceipt(peer: Peer): void {
  peer.send(commands.MSG_READ_ACK, { user_id: 5n, session_id: 6n, session_type: 1 });
}

async function requireServed(t: CaseContext, peer: Peer): Promise<void> {
  t.equal(await peer.fence(), "answered", "what comes of a fence");
}

/** Two cases that meet in the first round, and count how often each ran and how many at a time. */
function meeting(): { victim: ConformanceCase; beside: (act: (peer: Peer) => void) => ConformanceCase; seen: Seen } {
  const seen: Seen = { runs: { victim: 0, other: 0 }, together: [] };
  const victimIsIn = Promise.withResolvers<void>();
  const actedOnce = Promise.withResolvers<void>();
  let running = 0;
  const counted =
    (who: "victim" | "other", body: (t: CaseContext) => Promise<void>) =>
    async (t: CaseContext): Promise<void> => {
      seen.runs[who] += 1;
      running += 1;
      try {
        await body(t);
      } finally {
        seen.together.push(running);
        running -= 1;
      }
    };
  const victim = caseOf(
    "MSG-01/victim",
    counted("victim", async (t) => {
      const { peer } = await t.freshLogin("victim");
      victimIsIn.resolve();
      await actedOnce.promise;
      await requireServed(t, peer);
    }),
  );
  const beside = (act: (peer: Peer) => void): ConformanceCase =>
    caseOf(
      "MSG-02/other",
      counted("other", async (t) => {
        const { peer } = await t.freshLogin("other");
        await victimIsIn.promise;
        act(peer);
        await peer.closed();
        actedOnce.resolve();
        await t.given("the end of the set-up", () => requireServed(t, peer));
      }),
    );
  return { victim, beside, seen };
}

interface Seen {
  readonly runs: { victim: number; other: number };
  /** How many cases ran at each end of one. */
  readonly together: number[];
}

const statusOf = ({ cases }: SuiteResult): string[] => cases.map(({ id, rule, status }) => `${id} ${rule} ${status}`);

test("what ran while the target crashed runs again alone, and only the one that it dies of is red", async () => {
  const port = await serve(endAll);
  const { victim, beside, seen } = meeting();
  const result = await run(port, [victim, beside(sendReceipt)]);
  expect(statusOf(result)).toEqual(["MSG-01/victim MSG-01 passed", "MSG-02/other CONN-17 failed"]);
  expect(seen.runs.victim).toBe(2);
  expect(seen.runs.other).toBeGreaterThan(2);
  expect(seen.together.slice(2)).toEqual(seen.together.slice(2).map(() => 1));
});

test("a set-up that loses its connection when it runs again is tried once more", async () => {
  let receipts = 0;
  const port = await serve((socket) => {
    receipts += 1;
    if (receipts === 1) endAll();
    else if (receipts === 2) socket.destroy();
    else socket.write(encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1));
  });
  const { victim, beside, seen } = meeting();
  const result = await run(port, [victim, beside(sendReceipt)]);
  expect(statusOf(result)).toEqual(["MSG-01/victim MSG-01 passed", "MSG-02/other MSG-02 passed"]);
  expect(seen.runs).toEqual({ victim: 2, other: 3 });
});

test("cases one behind the other whose connections the target ends are no restart of it", async () => {
  const port = await serve((socket) => socket.destroy());
  const ends = (id: string): ConformanceCase =>
    caseOf(id, async (t) => {
      const { peer } = await t.freshLogin("alice");
      sendReceipt(peer);
      await requireServed(t, peer);
    });
  const result = await run(port, [ends("MSG-01/ended"), ends("MSG-02/ended"), ends("MSG-03/ended")], 1);
  expect(statusOf(result)).toEqual([1, 2, 3].map((n) => `MSG-0${n}/ended MSG-0${n} failed`));
  expect(result.reasons.join()).not.toContain("every connection");
});

test("a connection that ends because its case has ended it is none that the target ends unasked", async () => {
  const port = await serve(() => {});
  let runs = 0;
  const leaves = caseOf("MSG-01/leaves", async (t) => {
    runs += 1;
    const { peer } = await t.freshLogin("alice");
    peer.endWriting();
    t.ensure((await peer.closed()) !== undefined, "the target ends its side, too", "it did not");
    t.ensure(false, "what this case is about", "something else");
  });
  const result = await run(port, [leaves]);
  expect(statusOf(result)).toEqual(["MSG-01/leaves MSG-01 failed"]);
  expect(runs).toBe(1);
});

test("a case about a timer that alone had a connection when the target ended it has a result", async () => {
  const port = await serve((socket) => socket.destroy());
  const waits = caseOf(
    "LOGIN-10/waits",
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      sendReceipt(peer);
      await requireServed(t, peer);
    },
    { waits: () => 10 },
  );
  expect(statusOf(await run(port, [waits], 1))).toEqual(["LOGIN-10/waits LOGIN-10 failed"]);
});

/** A case about crowds that ends everything in some of its runs. @param onEnd is told each time */
function crowdCase(id: string, endsIn: (run: number) => boolean, onEnd: () => void = () => {}): ConformanceCase {
  let runs = 0;
  return caseOf(`SYS-02/${id}`, async (t) => {
    runs += 1;
    const { peer } = await t.freshLogin(id);
    if (endsIn(runs)) {
      sendReceipt(peer);
      await peer.closed();
      onEnd();
    }
    await t.given("the end of the set-up", () => requireServed(t, peer));
  });
}

test("two restarts while cases about crowds ran, which none of them brings about alone, are the target's own", async () => {
  const port = await serve(endAll);
  const isOther = Promise.withResolvers<void>();
  // What ends within a second was ended by the same restart.
  const first = crowdCase(
    "first",
    (run) => run === 1,
    () => void setTimeout(isOther.resolve, 1_500),
  );
  const second = crowdCase("second", (run) => run === 1);
  const waits = (id: string): ConformanceCase => caseOf(id, () => isOther.promise);
  const result = await run(port, [first, waits("MSG-01/a"), waits("MSG-01/b"), second]);
  expect(statusOf(result).filter((one) => one.startsWith("SYS-02"))).toEqual([
    "SYS-02/first SYS-02 passed",
    "SYS-02/second SYS-02 passed",
  ]);
  expect(result.verdict).toBe("fail");
  expect(result.reasons).toEqual([
    expect.stringMatching(
      /^the target ended every connection 2 times, .* SYS-02\/first, SYS-02\/second did not in 3 tries/,
    ),
  ]);
});

test("a restart in the first round and one that comes to a case alone once are no more", async () => {
  const port = await serve(endAll);
  const only = crowdCase("only", (run) => run <= 2);
  const result = await run(port, [only]);
  expect(statusOf(result)).toEqual(["SYS-02/only SYS-02 passed"]);
  expect(result.reasons).toEqual([expect.stringMatching(/^the target ended every connection 2 times, /)]);
});

test("a race that shows alone every other time is the case's failure, and so is what shows in no other run", async () => {
  const port = await serve(endAll);
  const race = crowdCase("race", (run) => run % 2 === 0);
  const beside = crowdCase("beside", (run) => run === 1);
  const raced = await run(port, [race, beside]);
  expect(statusOf(raced)[0]).toBe("SYS-02/race SYS-02 failed");
  const once = crowdCase("once", (run) => run === 1);
  expect(statusOf(await run(port, [once]))).toEqual(["SYS-02/once SYS-02 failed"]);
});
