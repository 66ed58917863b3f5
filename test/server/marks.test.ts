import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordMarks, stopRecordingMarks } from "../../server-ref/marks.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { PROOF_INCOMING, PROOF_LIMITS } from "../proof/proof-limits.ts";
import type { Coverage } from "../rule-coverage/coverage.ts";

/**
 * Marks that no run of the suite against a healthy server can reach that has no options but those of a proof, and why; the
 * other tests of this folder do.
 */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  "HTTP-11": "needs a store that fails",
  "HTTP-13": "needs a server that limits registrations",
  "LOGIN-07": "needs a store that fails",
  "ROBOT-05": "needs a robot service that fails",
  "VOIP-05": "needs a call that nobody answers for a minute",
};

/** Ids that stand in a `mark(…)` of the server. */
function marksInSource(): Set<string> {
  const files = globSync("server-ref/**/*.ts").filter((file) => !/\.test\.ts$|\/testing\/|\/mutants\//.test(file));
  const ids = new Set<string>();
  for (const file of files) {
    for (const [, marked = ""] of readFileSync(file, "utf8").matchAll(/\bmark\(([^)]*)\)/g)) {
      for (const [id] of marked.matchAll(/[A-Z]+-\d+/g)) ids.add(id);
    }
  }
  return ids;
}

test("the published coverage calls exercised what the suite can reach, and nothing else", () => {
  const { rules } = JSON.parse(readFileSync("docs/coverage.json", "utf8")) as Coverage;
  const exercised = rules.filter(({ enforcement }) => enforcement === "exercised").map(({ rule }) => rule);
  expect(exercised.sort()).toEqual([...marksInSource()].filter((id) => !(id in OUT_OF_REACH)).sort());
});

test("the suite makes the server enforce every rule that it marks", async () => {
  const timers = { login: 8000, heartbeat: 9000, ack: 3000, call: 3000 };
  const out = await mkdtemp(join(tmpdir(), "cupping-marks-"));
  const seen = recordMarks();
  await using server = await LocalServer.start({
    ...{ loginTimeoutMs: timers.login, heartbeatTimeoutMs: timers.heartbeat, ackTimeoutMs: timers.ack },
    maxIncomingBytes: PROOF_INCOMING,
    ...{ callAnswerTimeoutMs: timers.call, callHeartbeatTimeoutMs: timers.call },
  });
  try {
    const suite = spawn(
      process.execPath,
      [
        ...["bin/cupping.js", "conformance", "--quiet", "--out", out],
        ...["--target", server.tcp, "--websocket", server.ws],
        ...["--http", server.http, "--allow-incomplete"],
        ...["--capabilities", JSON.stringify({ limits: Object.fromEntries(PROOF_LIMITS) })],
        ...[
          "--timers",
          Object.entries(timers)
            .map(([name, ms]) => `${name}=${ms}ms`)
            .join(","),
        ],
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const [code] = (await once(suite, "close")) as [number | null];
    expect(code).toBe(0);
  } finally {
    await server.stop();
    stopRecordingMarks();
    await rm(out, { recursive: true });
  }
  const missed = [...marksInSource()].filter((id) => !seen.has(id)).sort();
  expect(missed).toEqual(Object.keys(OUT_OF_REACH));
}, 180_000);
