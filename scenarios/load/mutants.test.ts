import { describe, expect, it } from "vitest";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import { runLoad } from "../../harness/load/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { openTarget } from "../../harness/targets/index.ts";
import { builtInScenarios } from "./index.ts";

/** Runs a scenario against the reference server with one deviation switched on. */
async function loadMutant(mutant: string, name: string, payloadText: "plain" | "any"): Promise<LoadResult> {
  const chosen = builtInScenarios.find(({ scenario }) => scenario.name === name);
  const target = await openTarget({ kind: "ref" }, { mutants: [mutant], serveArguments: ["--password-cost=1"] });
  try {
    return await runLoad({
      scenarioUrl: chosen?.url ?? "",
      // Few users and many messages: conversations are long and messages meet.
      settings: {
        clients: 20,
        rate: name === "group" ? 60 : 600,
        ramp: "1s",
        warmup: "0s",
        duration: name === "reconnect-storm" ? "6s" : "3s",
        drain: "2s",
        payloadText,
        ...(name === "group" && { options: { "group-size": 10 } }),
      },
      target,
      accounts: registeredAccounts(target.http ?? "", { seed: 3 }),
      seed: 3,
      tool: { name: "cupping", version: "0.0.0" },
      command: "test",
      interrupt: new AbortController().signal,
      onProgress: () => undefined,
    });
  } finally {
    await target.stop();
  }
}

/** Deviations of the reference server, the scenario that brings them out, and the check that must name them. */
const mutants: [mutant: string, scenario: string, check: string][] = [
  ["same-id-under-concurrency", "chat", "total_order"],
  ["pushes-in-reverse", "chat", "order"],
  ["sender-gets-own-message", "chat", "foreign"],
  ["push-without-server-id", "chat", "total_order"],
  ["pushed-counts-as-read", "chat", "unread"],
  ["sender-counts-too", "chat", "unread"],
  ["confirmation-reads", "chat", "unread"],
  ["ack-sides-swapped", "chat", "acknowledgement"],
  ["backslashes-eaten", "chat", "content"],
  ["newest-first", "chat", "history"],
  ["one-skipped-between-pages", "chat", "history"],
  ["begins-with-own-message", "chat", "history"],
  ["newest-received-only", "chat", "sessions"],
  ["total-not-summed", "chat", "sessions"],
  ["concurrent-messages-lost", "chat", "history"],
  ["duplicate-stored-twice", "reconnect-storm", "history"],
  ["duplicate-gets-new-id", "reconnect-storm", "total_order"],
  ["lost-on-disconnect", "reconnect-storm", "unread"],
  ["group-push-skips-the-owner", "group", "loss"],
  ["own-group-message-counts", "group", "unread"],
];

// Violations do not hang on time, so several servers may share the machine.
describe.concurrent("deviations of the reference server, under load", { retry: 1 }, () => {
  it.each(mutants)("%s is found by %s: %s", async (mutant, scenario, check) => {
    // Plain text, the default, holds nothing that a server could spoil.
    const result = await loadMutant(mutant, scenario, check === "content" ? "any" : "plain");
    expect(result.verdict).toBe("fail");
    expect(result.checks[check]?.violations ?? 0, result.reasons.join("; ")).toBeGreaterThan(0);
    expect(result.checks[check]?.examples[0]?.text).toMatch(/\d/);
  });
});
