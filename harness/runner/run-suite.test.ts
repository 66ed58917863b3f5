import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { cimRegistry, commands, encodeFrame, Framer } from "../../codegen/index.ts";
import { echo, echoed, forkRegistry } from "../../codegen/testing/echo-commands.ts";
import { Secrets } from "../accounts/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { EMPTY_LIST } from "./case-list.ts";
import { CouldNotRun, RuleFailure } from "./failure.ts";
import { runSuite } from "./run-suite.ts";
import type { SuiteOptions, SuiteResult } from "./suite.ts";
import { caseOf } from "./testing/case-of.ts";
import { onlyAlice, surroundingsOf } from "./testing/surroundings-of.ts";

let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** A server that does with each packet what the test says. */
async function serve(onPacket: (socket: Socket, commandId: number, seq: number) => void): Promise<number> {
  const listening = createServer((socket) => {
    sockets.add(socket);
    const framer = new Framer();
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        onPacket(socket, frame.header.command_id, frame.header.seq_num);
      }
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return (listening.address() as { port: number }).port;
}

/** Logs everybody in as user 5 and answers session lists. */
function polite(socket: Socket, id: number, seq: number): void {
  if (id === commands.LOGIN_AUTH_REQ.id) {
    const answer = { result_code: 200, server_time: 1, user_info: { user_id: 5n } } as const;
    socket.write(encodeFrame(commands.LOGIN_AUTH_RSP, answer, seq));
  }
  if (id === commands.LIST_RECENT_CONTACT_SESSION_REQ.id) {
    socket.write(encodeFrame(commands.LIST_RECENT_CONTACT_SESSION_RSP, { user_id: 5n }, seq));
  }
}

async function run(
  port: number,
  cases: ConformanceCase[],
  more: Partial<SuiteOptions> = {},
  around: Partial<CaseSurroundings> = {},
): Promise<SuiteResult> {
  return await runSuite({
    cases,
    around: surroundingsOf(port, { timeoutScale: 0.1, accounts: { ...onlyAlice, registers: true }, ...around }),
    claims: new Set(),
    jobs: 2,
    failLevel: "must",
    knownFailing: EMPTY_LIST,
    knownFlaky: EMPTY_LIST,
    allowIncomplete: false,
    keepAllTraces: false,
    repeat: (id) => `repeat ${id}`,
    signal: new AbortController().signal,
    progress: {},
    ...more,
  });
}

const statusOf = (result: SuiteResult): string[] => result.cases.map(({ status }) => status);
const fails = async (): Promise<void> => {
  throw new RuleFailure(
    [
      { outcome: "a", verdict: "pass" },
      { outcome: "b", verdict: "warn", remark: "why" },
    ],
    "c",
  );
};

test("each way to end a case has its status, and a failure carries what was legal and what came", async () => {
  const port = await serve(polite);
  const result = await run(port, [
    caseOf("MSG-01/passes", async () => {}),
    caseOf("MSG-02/fails", fails),
    caseOf("MSG-03/warns", fails, { level: "should" }),
    caseOf("MSG-04/new", fails, { onProbation: true }),
    caseOf("MSG-05/lacks", async () => {
      throw new CouldNotRun("no account");
    }),
    caseOf("MSG-06/breaks", async () => {
      throw new TypeError("a fault of the suite");
    }),
    caseOf("MSG-07/unclaimed", fails, { capabilities: ["deduplication"] }),
    caseOf("MSG-08/needs-http", fails, { needs: ["http"] }),
  ]);
  const expected = ["passed", "failed", "warned", "warned", "couldNotRun", "errored", "notApplicable", "couldNotRun"];
  expect(statusOf(result)).toEqual(expected);
  const failure = result.cases[1];
  expect(failure).toMatchObject({ expected: "a, or b", actual: "c", repeat: "repeat MSG-02/fails" });
  expect(failure?.legalOutcomes).toEqual(["a", "b (legal, but warned of): why"]);
  expect(result.verdict).toBe("fail");
});

test("known failures are no failures, and one that passes fails the run", async () => {
  const port = await serve(polite);
  const cases = [caseOf("MSG-01/a", fails), caseOf("MSG-02/a", fails), caseOf("MSG-03/a", async () => {})];
  const list = (...patterns: string[]) => ({ path: "list", patterns });
  const known = await run(port, cases, { knownFailing: list("MSG-01/a"), knownFlaky: list("MSG-02", "MSG-03") });
  expect(statusOf(known)).toEqual(["knownFailing", "flaky", "passed"]);
  expect(known.verdict).toBe("pass");
  const stale = await run(port, cases, { knownFailing: list("MSG-*"), knownFlaky: EMPTY_LIST });
  expect(stale.verdict).toBe("fail");
  expect(stale.reasons[0]).toContain("MSG-03/a");
});

test("a set-up that fails says nothing about the rule", async () => {
  const port = await serve(() => {});
  const result = await run(port, [
    caseOf("MSG-01/a", async (t) => {
      await t.freshLogin("alice");
    }),
  ]);
  expect(statusOf(result)).toEqual(["couldNotRun"]);
  expect(result.cases[0]?.reason).toContain("the login of alice");
  expect(result.verdict).toBe("invalid");
});

test("silence is concluded by a fence, and a closed connection is told apart from it", async () => {
  const port = await serve((socket, id, seq) => {
    if (id === commands.MSG_READ_ACK.id) socket.end();
    else polite(socket, id, seq);
  });
  const receipt = { user_id: 5n, session_id: 6n, session_type: 1 } as const;
  const page = { user_id: 5n, session_type: 1, session_id: 6n, limit_count: 1 } as const;
  let silent: unknown;
  let closed: unknown;
  await run(port, [
    caseOf("MSG-01/silent", async (t) => {
      const { peer } = await t.freshLogin("alice");
      silent = await peer.aftermath(peer.send(commands.LIST_MSG_REQ, page));
    }),
    caseOf("MSG-02/closed", async (t) => {
      const { peer } = await t.freshLogin("alice");
      peer.send(commands.MSG_READ_ACK, receipt);
      closed = await peer.fence();
    }),
  ]);
  expect(silent).toEqual({ answer: undefined, closing: undefined });
  expect(closed).toBe("closed");
});

test("a frame of the suite that breaks the contract unmarked is the suite's own fault", async () => {
  const port = await serve(polite);
  const result = await run(port, [
    caseOf("MSG-01/a", async (t) => {
      const { peer } = await t.freshLogin("alice");
      peer.send(commands.LIST_MSG_REQ, { user_id: 99n });
    }),
  ]);
  expect(statusOf(result)).toEqual(["errored"]);
  expect(result.cases[0]?.reason).toContain("LOGIN-17");
});

test("a trace has the decoded frames, the local port, and no password", async () => {
  const port = await serve(polite);
  const result = await run(port, [
    caseOf("MSG-01/a", async (t) => {
      await t.freshLogin("alice");
      await fails();
    }),
  ]);
  const [one] = result.cases;
  expect(one?.connections?.[0]).toMatchObject({ name: "alice", userId: "5", transport: "tcp" });
  expect(one?.connections?.[0]?.localPort).toBeGreaterThan(0);
  expect(one?.trace.map((entry) => ("command" in entry ? entry.command : entry.text)).slice(1)).toEqual([
    "LOGIN_AUTH_REQ",
    "LOGIN_AUTH_RSP",
  ]);
  const text = JSON.stringify(one);
  expect(text).not.toContain("0".repeat(32));
  expect(text).not.toContain(Buffer.from("0".repeat(32)).toString("hex"));
});

test("a target that dies leaves a result that names the cases that ran then", async () => {
  const port = await serve((socket, id, seq) => {
    if (id !== commands.LIST_RECENT_CONTACT_SESSION_REQ.id) polite(socket, id, seq);
    else {
      server?.close();
      for (const one of sockets) one.destroy();
    }
  });
  const kill = caseOf("MSG-02/kills", async (t) => {
    const { peer } = await t.freshLogin("alice");
    t.equal(await peer.fence(), "answered", "the fence");
  });
  const result = await run(port, [caseOf("MSG-01/a", async () => {}), kill, caseOf("MSG-03/later", fails)], {
    jobs: 1,
  });
  expect(statusOf(result)).toEqual(["passed", "couldNotRun", "couldNotRun"]);
  expect(result.verdict).toBe("fail");
  expect(result.reasons[0]).toMatch(/died or stopped taking connections while MSG-02\/kills ran/);
});

test("an interrupted run gives up what runs and starts nothing more", async () => {
  const port = await serve(() => {});
  const controller = new AbortController();
  const waits = caseOf("MSG-01/waits", async (t) => {
    const peer = await t.connect("alice");
    controller.abort(new CouldNotRun("the run was interrupted"));
    await peer.closed(60_000);
  });
  const result = await run(port, [waits, caseOf("MSG-02/later", fails)], { jobs: 1, signal: controller.signal });
  expect(statusOf(result)).toEqual(["interrupted", "interrupted"]);
  expect(result.interrupted).toBe(true);
});

test.each([
  ["with", forkRegistry, "ECHO_RSP"],
  ["without", cimRegistry, "0x7002"],
])("a case may ask by a command of its own, %s a registry that has it", async (_, registry, shown) => {
  const port = await serve((socket, id, seq) => {
    polite(socket, id, seq);
    if (id === echo.id) socket.write(encodeFrame(echoed, { user_id: 7n }, seq));
  });
  const asks = caseOf("MSG-01/own", async (t) => {
    const { peer } = await t.freshLogin("alice");
    t.equal(await peer.ask(echo, { user_id: 5n }), { user_id: 7n }, "echo");
  });
  const { cases } = await run(port, [asks], { keepAllTraces: true }, { registry });
  expect(cases[0]).toMatchObject({ status: "passed" });
  expect(cases[0]?.trace?.map((entry) => ("command" in entry ? entry.command : undefined))).toContain(shown);
});

/** Runs cases with a source that registers ahead. @returns what was done, in this order */
async function orderOf(cases: (note: (what: string) => () => Promise<void>) => ConformanceCase[], jobs: number) {
  const port = await serve(polite);
  const account = { user_name: "alice", user_pwd: "0".repeat(32), nick_name: "Alice" };
  const done: string[] = [];
  const note = (what: string) => async (): Promise<void> => void done.push(what);
  const rule = { id: "SYS-02", text: "MUST", level: "must" } as const;
  const guard = {
    firstMend: { register: "HTTP-01", "log in": "LOGIN-01", header: "CONN-02" },
    packets: rule,
    unmixed: rule,
    logins: rule,
    quiet: rule,
    answered: rule,
    answers: {},
    lasting: rule,
    crash: rule,
    crowd: rule,
  };
  const prepare = async (count: number): Promise<void> => {
    // Whoever does not wait for this is done before it is over.
    await new Promise((resolve) => setTimeout(resolve, 50));
    done.push(`registered ${count}`);
  };
  const accounts = { registers: true, secrets: new Secrets(), size: 1, take: async () => account, prepare };
  const result = await run(port, cases(note), { guard, jobs }, { accounts });
  expect(new Set(statusOf(result))).toEqual(new Set(["passed"]));
  return done;
}

test("what needs users and groups of the same number runs before accounts are registered for the others", async () => {
  const cases: Parameters<typeof orderOf>[0] = (note) => [
    caseOf("MSG-01/other", note("other")),
    caseOf("MSG-02/twins", note("first"), { first: true }),
  ];
  expect(await orderOf(cases, 2)).toEqual(["first", "registered 3", "other"]);
});

const beside: Parameters<typeof orderOf>[0] = (note) => [
  caseOf("MSG-01/other", note("other")),
  caseOf("HB-02/timer", note("timer"), { waits: () => 1 }),
  caseOf("SYS-02/long", note("long"), { isLong: true }),
];

test("cases about timers begin before the accounts of all others are registered, and behind their own", async () => {
  expect(await orderOf(beside, 2)).toEqual(["registered 5", "timer", "long", "registered 8", "other"]);
});

test("with one job at a time nothing runs beside registering", async () => {
  expect((await orderOf(beside, 1)).slice(0, 2)).toEqual(["registered 5", "registered 8"]);
});
