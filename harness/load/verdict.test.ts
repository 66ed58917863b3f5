import { expect, test } from "vitest";
import { CLOSED_SILENT, FLOODED, groupRefusedError, NO_SESSION } from "./error-kinds.ts";
import { healthyFacts } from "./testing/verdict-facts.ts";
import { judge, type VerdictFacts } from "./verdict.ts";

const healthy: VerdictFacts = { ...healthyFacts, clientsRequested: 10 };

test.each([
  [groupRefusedError(201), "1 error: group refused with 201"],
  ["message refused with 201", "1 error: message refused with 201"],
  [FLOODED, `1 error: ${FLOODED}`],
])("a busy machine does not hide %j, which only the target can have done", (kind, reason) => {
  const { verdict, reasons } = judge({ ...healthy, errors: { [kind]: 1 }, saturation: ["this machine was too busy"] });
  expect(verdict).toBe("fail");
  expect(reasons).toEqual([reason, "this machine was too busy"]);
});

test("a busy machine does not hide connections that were lost by what no server may send", () => {
  const lost = { "masked WebSocket frame": 2, "closed by target": 1 };
  const { verdict, reasons } = judge({ ...healthy, lost, saturation: ["this machine was too busy"] });
  expect(verdict).toBe("fail");
  expect(reasons[0]).toMatch(/^2 of \d+ clients lost their connection: masked WebSocket frame$/);
  expect(judge({ ...healthy, lost: { "closed by target": 1 }, saturation: ["busy"] }).verdict).toBe("invalid");
});

test.each([
  ["a group that was refused", { errors: { [groupRefusedError(201)]: 1, [NO_SESSION]: 373 } }],
  ["a peer who never came", { notReached: { "login: timeout": 1 }, errors: { [NO_SESSION]: 82 } }],
])("what was due there is not held against the target beside %s", (_what, facts) => {
  const { verdict, reasons } = judge({ ...healthy, ...facts });
  expect(verdict).toBe("fail");
  expect(reasons).toHaveLength(1);
});

test("without such a cause a session that never came to be is told", () => {
  expect(judge({ ...healthy, errors: { [NO_SESSION]: 3 } }).reasons).toEqual([`3 errors: ${NO_SESSION}`]);
});

test("clients that the options let be silent for too long say nothing against the target", () => {
  const { verdict, reasons } = judge({ ...healthy, lost: { [CLOSED_SILENT]: 4 } });
  expect(verdict).toBe("invalid");
  expect(reasons).toEqual([expect.stringMatching(/^4 of 10 clients were closed for their silence: .*--heartbeat$/)]);
});

test("those that it closed without such a reason do", () => {
  expect(judge({ ...healthy, lost: { "closed by target": 1, [CLOSED_SILENT]: 4 } }).verdict).toBe("invalid");
  expect(judge({ ...healthy, lost: { "closed by target": 1 } }).verdict).toBe("fail");
});

const unmeasured = { expression: "msg_e2e: p(99)<200", value: null, ok: false };

test("a run in which nothing was asked crosses no threshold", () => {
  const { verdict, reasons } = judge({ ...healthy, hasSamples: false, thresholds: [unmeasured] });
  expect({ verdict, reasons }).toEqual({ verdict: "invalid", reasons: ["nothing was measured"] });
});

test("one in which nothing was answered does", () => {
  const errors = { "LIST_MSG_REQ unanswered": 3 };
  expect(judge({ ...healthy, hasSamples: false, thresholds: [unmeasured], errors }).verdict).toBe("fail");
});

test("a target that no longer knows who was logged in before is told to have lost its accounts", () => {
  const errors = { "reconnect: login refused with 2003": 2, "reconnect: refused": 3 };
  const { verdict, reasons } = judge({ ...healthy, lost: { reset: 2 }, errors, saturation: ["busy"] });
  expect(verdict).toBe("fail");
  expect(reasons[0]).toMatch(/^the target came back without its accounts: .* 2 times \(login refused with 2003\)/);
  // One that cannot ask its store yet says so by another code.
  const other = judge({ ...healthy, lost: { reset: 2 }, errors: { "reconnect: login refused with 201": 1 } });
  expect(other.reasons.join()).not.toContain("accounts");
});
